/** A question as a student sees it, with letters to answer by, and what is said of an answer afterwards. */
import type { BankQuestion, NumberRange } from "../banks/question.ts";
import { answerKindOf, matchAnswers, type GivenAnswer } from "./given-answer.ts";
import { shownLetter } from "./typed-answer.ts";

/** How it is answered: one letter, several letters, …; `none` where nothing is answered. */
export type AnswerForm = "choice" | "choices" | "true-false" | "text" | "number" | "match" | "order" | "none";

export interface ShownQuestion {
  readonly form: AnswerForm;
  readonly text: string;
  /** Each with its letter: `a. Transport`. */
  readonly options: readonly string[];
  /** What the options are to be matched with, in the order of the letters of an answer. */
  readonly prompts: readonly string[];
}

/** @param order at each place that is shown, the number in the bank */
export function shownQuestion(question: BankQuestion, order: readonly number[]): ShownQuestion {
  return {
    form: formOf(question),
    text: question.text,
    options: partsOf(question, order).map((text, place) => `${shownLetter(place)}. ${text}`),
    prompts: question.kind === "match" ? question.pairs.map(({ prompt }) => prompt) : [],
  };
}

/** An answer as it would be typed, in the letters that this student saw. @param given in the bank's numbers */
export function typedAnswer(given: GivenAnswer, order: readonly number[]): string {
  const letter = (number: number): string => (number < 0 ? "-" : shownLetter(order.indexOf(number)));
  switch (given.kind) {
    case "choice":
      return given.options.map(letter).sort().join(" ");
    case "match":
      return given.matches.map(letter).join(" ");
    case "order":
      return given.items.map(letter).join(" ");
    case "true-false":
      return given.value ? "a" : "b";
    default:
      return given.kind === "text" ? given.text : String(given.value);
  }
}

/** What would have been right, in words; empty where nobody can say. */
export function rightAnswer(question: BankQuestion, order: readonly number[]): string {
  switch (question.kind) {
    case "choice": {
      const most = Math.max(...question.options.map(({ weight }) => weight));
      const isRight = (weight: number): boolean => (question.single ? weight === most : weight > 0);
      return order
        .map((number, place) => ({ ...question.options[number]!, place }))
        .filter(({ weight }) => most > 0 && isRight(weight))
        .map(({ text, place }) => `${shownLetter(place)}. ${text}`)
        .join(question.single ? " or " : " and ");
    }
    case "true-false":
      return question.answer ? "true" : "false";
    case "short":
      return question.answers.find(({ weight }) => weight === 1)?.text ?? "";
    case "numeric": {
      const right = question.answers.find(({ weight }) => weight === 1);
      return right === undefined ? "" : rangeText(right.range);
    }
    case "match":
      return question.pairs.map(({ prompt, answer }) => `${prompt} - ${answer}`).join("; ");
    case "order":
      return question.items.join(", ");
    default:
      return "";
  }
}

function formOf(question: BankQuestion): AnswerForm {
  if (question.kind === "choice") return question.single ? "choice" : "choices";
  return answerKindOf(question) ?? "none";
}

function partsOf(question: BankQuestion, order: readonly number[]): string[] {
  switch (question.kind) {
    case "choice":
      return order.map((number) => question.options[number]!.text);
    case "true-false":
      return ["true", "false"];
    case "match": {
      const answers = matchAnswers(question);
      return order.map((number) => answers[number]!);
    }
    case "order":
      return order.map((number) => question.items[number]!);
    default:
      return [];
  }
}

function rangeText(range: NumberRange): string {
  if (range.kind === "near") return String(range.value);
  return range.kind === "between" ? `from ${range.min} to ${range.max}` : "";
}
