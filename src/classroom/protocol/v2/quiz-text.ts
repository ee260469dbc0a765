/** Questions and results of a quiz as lines of text: for the first protocol, and for a terminal. */
import { quizQuestion } from "../messages.ts";
import type { Control } from "./control.ts";

/** How to answer, for who has only a line to type. */
const hints: Record<NonNullable<Control<"question">["form"]>, string> = {
  choice: "",
  choices: "(any number of letters: a c)",
  "true-false": "(a or b)",
  text: "(in words)",
  number: "(a number)",
  match: "(a letter for each, in this order, - for none)",
  order: "(all letters in the right order)",
  none: "(nothing to answer)",
};

type ShownParts = "number" | "text" | "options" | "prompts" | "form" | "leftMs";

/** The options are followed by how to answer where that is not plain, and by how much time there is. */
export function questionText(question: Pick<Control<"question">, ShownParts>): string {
  const { number, text, options, prompts, form, leftMs } = question;
  const lines = [text, ...(prompts ?? []).map((prompt, index) => `${index + 1}) ${prompt}`)];
  const hint = form === undefined ? "" : hints[form];
  const left = leftMs === undefined ? "" : `(${Math.ceil(leftMs / 1_000)} s left)`;
  return quizQuestion(
    number,
    lines.join("\n"),
    [...options, hint, left].filter((part) => part !== ""),
  );
}

/** `Question 3: right, 1 points. Right: a. Transport.` and what is said to the answer. */
export function resultText(result: Control<"result">): string {
  const { number, right, feedback } = result;
  return [
    `Question ${number}: ${verdictOf(result)}`,
    ...(right === undefined ? [] : [`Right: ${right}.`]),
    ...(feedback === undefined ? [] : [feedback]),
  ].join(" ");
}

function verdictOf({ answered, fraction, points }: Control<"result">): string {
  if (answered === undefined) return "not answered.";
  if (fraction === undefined) return "kept.";
  const word = fraction >= 1 ? "right" : fraction > 0 ? "partly right" : "wrong";
  return `${word}, ${points ?? 0} ${points === 1 ? "point" : "points"}.`;
}

/** What a student reads when an answer is on the server's disk. @param number from 1, as shown */
export function keptSentence(number: number): string {
  return `Your answer to question ${number} is kept.`;
}
