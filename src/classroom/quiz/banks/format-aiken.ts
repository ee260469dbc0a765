/** Questions as Aiken, which holds only a choice of one right option out of at most 26. */
import { letterOf } from "./parse-aiken.ts";
import { trimText } from "./plain-text.ts";
import type { BankQuestion, ChoiceQuestion, TrueFalseQuestion } from "./question.ts";
import { Losses, type WrittenBank } from "./written-bank.ts";

export function formatAiken(questions: readonly BankQuestion[]): WrittenBank {
  const losses = new Losses();
  const blocks: string[] = [];
  for (const [index, question] of questions.entries()) {
    const tell = (what: string): void => losses.tell(index + 1, what);
    const choice = question.kind === "true-false" ? asChoice(question) : question;
    const obstacle = choice.kind === "choice" ? obstacleOf(choice) : names[choice.kind];
    if (choice.kind !== "choice" || obstacle !== undefined) {
      tell(`Aiken has no place for ${obstacle}, which is left out`);
      continue;
    }
    if (question.kind === "true-false") tell("true or false becomes a choice between True and False");
    if (question.title !== "" || question.category !== "" || question.id !== "" || question.tags.length > 0)
      tell("its title, category, id and tags are left out");
    if (question.feedback !== "" || hasFeedback(choice)) tell("its feedback is left out");
    blocks.push(formatChoice(choice, tell));
  }
  return {
    text: blocks.map((block) => `${block}\n`).join("\n"),
    written: blocks.length,
    losses: losses.sentences(),
  };
}

const names: Record<Exclude<BankQuestion["kind"], "choice" | "true-false">, string> = {
  short: "a short answer",
  numeric: "a number",
  match: "matching",
  order: "ordering",
  essay: "an essay",
  description: "a description",
};

function asChoice({ answer, feedbackTrue, feedbackFalse, ...common }: TrueFalseQuestion): ChoiceQuestion {
  return {
    ...common,
    kind: "choice",
    single: true,
    options: [
      { text: "True", weight: answer ? 1 : 0, feedback: feedbackTrue },
      { text: "False", weight: answer ? 0 : 1, feedback: feedbackFalse },
    ],
  };
}

function hasFeedback({ options }: ChoiceQuestion): boolean {
  return options.some(({ feedback }) => feedback !== "");
}

/** What of a choice Aiken has no place for, in words; undefined where it fits. */
function obstacleOf({ single, text, options }: ChoiceQuestion): string | undefined {
  const line = oneLine(text);
  if (!single) return "a choice of many options";
  if (!options.some(({ weight }) => weight === 1)) return "a choice without a right option";
  if (options.length > 26) return "a choice of more than 26 options";
  if (line.length < 2) return "a question of one character";
  return /^(?:[A-Z][).]|ANSWER:)/.test(line)
    ? "a question that begins like an option or an answer"
    : undefined;
}

function formatChoice({ text, options }: ChoiceQuestion, tell: (what: string) => void): string {
  const right = options.findIndex(({ weight }) => weight === 1);
  if (options.some(({ weight }, index) => weight !== 0 && index !== right))
    tell("only one option stays right, and weights are left out");
  if ([text, ...options.map((option) => option.text)].some((each) => each.includes("\n")))
    tell("line breaks become blanks");
  const lines = options.map((option, index) => `${letterOf(index)}) ${oneLine(option.text)}`);
  return [oneLine(text), ...lines, `ANSWER: ${letterOf(right)}`].join("\n");
}

function oneLine(text: string): string {
  return trimText(text.replaceAll(/[ \t]*\n[ \t\n]*/g, " "));
}
