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
    if (question.kind === "true-false") tell("true or false becomes a choice between True and False");
    const block = choice.kind === "choice" ? formatChoice(choice, tell) : undefined;
    if (block === undefined) {
      tell(`Aiken has no place for ${names[question.kind]}, which is left out`);
      continue;
    }
    if (question.title !== "" || question.category !== "" || question.id !== "" || question.tags.length > 0)
      tell("its title, category, id and tags are left out");
    if (question.feedback !== "" || hasFeedback(choice)) tell("its feedback is left out");
    blocks.push(block);
  }
  return {
    text: blocks.map((block) => `${block}\n`).join("\n"),
    written: blocks.length,
    losses: losses.sentences(),
  };
}

const names: Record<BankQuestion["kind"], string> = {
  choice: "a choice of many, or with line breaks that look like options",
  "true-false": "true or false",
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

function hasFeedback(question: BankQuestion): boolean {
  return question.kind === "choice" && question.options.some(({ feedback }) => feedback !== "");
}

function formatChoice(
  { single, text, options }: ChoiceQuestion,
  tell: (what: string) => void,
): string | undefined {
  const right = options.findIndex(({ weight }) => weight === 1);
  const line = oneLine(text);
  if (!single || right < 0 || options.length > 26 || line.length < 2 || /^(?:[A-Z][).]|ANSWER:)/.test(line))
    return undefined;
  if (options.some(({ weight }, index) => weight !== 0 && index !== right))
    tell("only one option stays right, and weights are left out");
  if ([text, ...options.map((option) => option.text)].some((each) => each.includes("\n")))
    tell("line breaks become blanks");
  const lines = options.map((option, index) => `${letterOf(index)}) ${oneLine(option.text)}`);
  return [line, ...lines, `ANSWER: ${letterOf(right)}`].join("\n");
}

function oneLine(text: string): string {
  return trimText(text.replaceAll(/[ \t]*\n[ \t\n]*/g, " "));
}
