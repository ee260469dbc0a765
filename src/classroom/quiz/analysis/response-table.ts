/** How often each answer was given, and what it is worth: the distractor table. */
import { formatNumberRange } from "../banks/number-range.ts";
import type { BankQuestion, NumericQuestion, ShortQuestion } from "../banks/question.ts";
import { gradeAnswer, matchedAnswer } from "../run/grade-answer.ts";
import { matchAnswers, type GivenAnswer } from "../run/given-answer.ts";
import { maxResponses } from "./limits.ts";
import { givenText } from "./given-text.ts";
import { meanOf } from "./item-statistics.ts";

export interface ResponseRow {
  /** The option or answer; `a -> x` for matching. */
  readonly response: string;
  /** The fraction of the mark it brings; undefined where a person has to say. */
  readonly credit: number | undefined;
  readonly count: number;
  /** A share of all students. */
  readonly frequency: number;
  /** The mean of the rest of the marks of those who gave it; undefined where nobody did. */
  readonly meanRest: number | undefined;
}

export interface StudentResponse {
  /** Undefined: no answer. */
  readonly given: GivenAnswer | undefined;
  /** The student's marks in the other items. */
  readonly rest: number;
}

/** What an answer counts as. */
interface ResponseClass {
  readonly response: string;
  readonly credit: number | undefined;
}

/** Every option and answer of the bank, chosen or not; then what else was answered; then those without an answer. */
export function responseTable(question: BankQuestion, responses: readonly StudentResponse[]): ResponseRow[] {
  const classes = new Map<string, ResponseClass>();
  for (const each of expectedClasses(question)) classes.set(each.response, each);
  const rests = new Map<string, number[]>();
  const note = (each: ResponseClass, rest: number): void => {
    // What is answered in words can be endless; the rest is one row.
    const isNew = !classes.has(each.response);
    const kept = isNew && classes.size >= maxResponses ? { response: "(others)", credit: undefined } : each;
    if (!classes.has(kept.response)) classes.set(kept.response, kept);
    const known = rests.get(kept.response);
    if (known === undefined) rests.set(kept.response, [rest]);
    else known.push(rest);
  };
  for (const { given, rest } of responses)
    if (given !== undefined) for (const each of classesOf(question, given)) note(each, rest);
  const silent = responses.filter(({ given }) => given === undefined);
  for (const { rest } of silent) note({ response: "(no answer)", credit: 0 }, rest);
  return Array.from(classes.values(), ({ response, credit }) => {
    const found = rests.get(response) ?? [];
    return {
      response,
      credit,
      count: found.length,
      frequency: responses.length === 0 ? 0 : found.length / responses.length,
      meanRest: found.length === 0 ? undefined : meanOf(found),
    };
  });
}

/** Rows that are there although nobody may have answered so. */
function expectedClasses(question: BankQuestion): ResponseClass[] {
  switch (question.kind) {
    case "choice":
      return question.options.map(({ text, weight }) => ({ response: text, credit: weight }));
    case "true-false":
      return [true, false].map((value) => ({
        response: value ? "true" : "false",
        credit: value === question.answer ? 1 : 0,
      }));
    case "match":
      return question.pairs.flatMap(({ prompt, answer }) =>
        matchAnswers(question).map((each) => matchClass(question, prompt, each, answer)),
      );
    case "short":
    case "numeric":
      return question.answers.map((_, index) => answerClass(question, index));
    default:
      return [];
  }
}

/** An answer of the bank, for all that fits it. */
function answerClass(question: ShortQuestion | NumericQuestion, index: number): ResponseClass {
  if (question.kind === "short") {
    const { text, weight } = question.answers[index]!;
    return { response: text, credit: weight };
  }
  const { range, weight } = question.answers[index]!;
  return { response: formatNumberRange(range), credit: weight };
}

/** One for each option that was chosen, and for each prompt that was matched. */
function classesOf(question: BankQuestion, given: GivenAnswer): ResponseClass[] {
  if (question.kind === "choice" && given.kind === "choice")
    return given.options.flatMap((index) => {
      const option = question.options[index];
      return option === undefined ? [] : [{ response: option.text, credit: option.weight }];
    });
  if (question.kind === "match" && given.kind === "match") {
    const answers = matchAnswers(question);
    return question.pairs.flatMap(({ prompt, answer }, index) => {
      const each = answers[given.matches[index] ?? -1];
      return each === undefined ? [] : [matchClass(question, prompt, each, answer)];
    });
  }
  if (question.kind === "short" || question.kind === "numeric") {
    const matched = matchedAnswer(question, given);
    if (matched >= 0) return [answerClass(question, matched)];
  }
  return [{ response: givenText(question, given), credit: gradeAnswer(question, given).fraction }];
}

function matchClass(
  { pairs }: BankQuestion & { kind: "match" },
  prompt: string,
  answer: string,
  right: string,
): ResponseClass {
  return { response: `${prompt} -> ${answer}`, credit: answer === right ? 1 / pairs.length : 0 };
}
