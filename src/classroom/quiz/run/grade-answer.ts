/** How right an answer is, as Moodle marks it: a fraction of the question's mark. */
import { composed } from "../../../lib/composed.ts";
import type {
  BankQuestion,
  NumberRange,
  NumericQuestion,
  OrderGrading,
  ShortQuestion,
} from "../banks/question.ts";
import { matchAnswers, type GivenAnswer } from "./given-answer.ts";

/** What an answer is worth, and what is said to it. */
export interface Grade {
  /** From -1 to 1; undefined where a person has to mark it. */
  readonly fraction: number | undefined;
  readonly feedback: string;
}

const wrong: Grade = { fraction: 0, feedback: "" };

/** @param given fits the question, in the bank's numbers */
export function gradeAnswer(question: BankQuestion, given: GivenAnswer): Grade {
  switch (question.kind) {
    case "choice":
      return given.kind === "choice" ? gradeChoice(question, given.options) : wrong;
    case "true-false": {
      if (given.kind !== "true-false") return wrong;
      const feedback = given.value ? question.feedbackTrue : question.feedbackFalse;
      return { fraction: given.value === question.answer ? 1 : 0, feedback };
    }
    case "short":
    case "numeric": {
      const found = question.answers[matchedAnswer(question, given)];
      return found === undefined ? wrong : { fraction: found.weight, feedback: found.feedback };
    }
    case "match": {
      if (given.kind !== "match") return wrong;
      const answers = matchAnswers(question);
      const right = question.pairs.filter(
        ({ answer }, index) => answers[given.matches[index] ?? -1] === answer,
      );
      return { fraction: right.length / question.pairs.length, feedback: "" };
    }
    case "order":
      return given.kind === "order"
        ? { fraction: gradeOrder(given.items, question.grading), feedback: "" }
        : wrong;
    default:
      return { fraction: undefined, feedback: "" };
  }
}

/** The number of the first answer of a bank that what was given fits; -1 for none. */
export function matchedAnswer(question: ShortQuestion | NumericQuestion, given: GivenAnswer): number {
  if (question.kind === "short")
    return given.kind === "text"
      ? question.answers.findIndex(({ text }) => matchesPattern(given.text, text))
      : -1;
  return given.kind === "number"
    ? question.answers.findIndex(({ range }) => isInRange(given.value, range))
    : -1;
}

/** One option has its own weight; of many the weights add up, from nothing to the whole mark. */
function gradeChoice(question: BankQuestion & { kind: "choice" }, chosen: readonly number[]): Grade {
  const options = chosen.flatMap((index) => question.options[index] ?? []);
  const sum = options.reduce((total, { weight }) => total + weight, 0);
  const feedback = options
    .map((option) => option.feedback)
    .filter((text) => text !== "")
    .join("\n");
  // Thirds of seven decimals are a whole.
  const rounded = Math.abs(sum - 1) < 1e-6 ? 1 : sum;
  return { fraction: question.single ? rounded : Math.min(1, Math.max(0, rounded)), feedback };
}

/** @param items the bank's numbers, which are the right order, as the student put them */
function gradeOrder(items: readonly number[], grading: OrderGrading): number {
  const inPlace = items.filter((item, index) => item === index).length;
  if (grading === "exact") return inPlace === items.length ? 1 : 0;
  if (grading === "position") return inPlace / items.length;
  const pairs = items.filter((item, index) => index > 0 && item === items[index - 1]! + 1).length;
  return pairs / (items.length - 1);
}

function isInRange(value: number, range: NumberRange): boolean {
  switch (range.kind) {
    case "any":
      return true;
    case "between":
      return value >= range.min && value <= range.max;
    default: {
      // Moodle widens by a hair, too: 0.3 is within 0.1 of 0.2.
      const hair = 1e-12 * Math.max(Math.abs(range.value), range.tolerance);
      return Math.abs(value - range.value) <= range.tolerance + hair;
    }
  }
}

/** `*` stands for any run of characters, `\*` for a star; case and the width of white space do not matter. */
export function matchesPattern(text: string, pattern: string): boolean {
  const wanted = Array.from(pattern.matchAll(/\\\*|\*|[^*\\]+|\\/g), ([part]) => part);
  const pieces = [""];
  for (const part of wanted)
    if (part === "*") pieces.push("");
    else pieces[pieces.length - 1] += part === "\\*" ? "*" : part;
  const given = folded(text).trim();
  const [first, ...rest] = pieces.map(folded).map((piece, index) => {
    const left = index === 0 ? piece.trimStart() : piece;
    return index === pieces.length - 1 ? left.trimEnd() : left;
  });
  if (rest.length === 0) return given === first;
  const last = rest.pop()!;
  if (given.length < first!.length + last.length || !given.startsWith(first!) || !given.endsWith(last))
    return false;
  let at = first!.length;
  for (const piece of rest) {
    const found = given.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= given.length - last.length;
}

function folded(text: string): string {
  return composed(text).toLowerCase().replaceAll(/\s+/g, " ");
}
