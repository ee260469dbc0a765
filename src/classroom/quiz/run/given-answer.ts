/**
 * What a student answers. Options, matches and items are numbers from 0: as they were shown to this student when
 * they come in, as they stand in the bank when they are kept.
 */
import type { BankQuestion } from "../banks/question.ts";
import { maxAnswerLength } from "./limits.ts";

export type GivenAnswer =
  | { readonly kind: "choice"; readonly options: readonly number[] }
  | { readonly kind: "true-false"; readonly value: boolean }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "number"; readonly value: number }
  /** For each prompt the number of its match, or -1 for none. */
  | { readonly kind: "match"; readonly matches: readonly number[] }
  | { readonly kind: "order"; readonly items: readonly number[] };

/** Which kind of answer a question takes; undefined where it takes none. */
export function answerKindOf(question: BankQuestion): GivenAnswer["kind"] | undefined {
  switch (question.kind) {
    case "short":
    case "essay":
      return "text";
    case "numeric":
      return "number";
    case "description":
      return undefined;
    default:
      return question.kind;
  }
}

/** The answers that a matching question offers: each once, those of the prompts first. */
export function matchAnswers(question: BankQuestion & { kind: "match" }): string[] {
  return [...new Set([...question.pairs.map(({ answer }) => answer), ...question.distractors])];
}

/** How many options, matches or items a question shows. */
export function shownCount(question: BankQuestion): number {
  switch (question.kind) {
    case "choice":
      return question.options.length;
    case "match":
      return matchAnswers(question).length;
    case "order":
      return question.items.length;
    default:
      return 0;
  }
}

/** Whether an answer fits its question: its kind, its numbers, its length. */
export function isFitting(question: BankQuestion, given: GivenAnswer): boolean {
  if (given.kind !== answerKindOf(question)) return false;
  const count = shownCount(question);
  const isNumber = (value: number): boolean => Number.isInteger(value) && value >= 0 && value < count;
  switch (given.kind) {
    case "choice": {
      const { options } = given;
      const isOne = question.kind !== "choice" || !question.single || options.length === 1;
      return (
        isOne &&
        options.length <= count &&
        options.every(isNumber) &&
        new Set(options).size === options.length
      );
    }
    case "match":
      return (
        question.kind === "match" &&
        given.matches.length === question.pairs.length &&
        given.matches.every((match) => match === -1 || isNumber(match))
      );
    case "order":
      return (
        given.items.length === count && given.items.every(isNumber) && new Set(given.items).size === count
      );
    case "text":
      return given.text.length <= maxAnswerLength;
    case "number":
      return Number.isFinite(given.value);
    default:
      return true;
  }
}

/**
 * Turns what a student saw into what the bank holds.
 * @param order at each place that was shown, the number in the bank
 */
export function fromShown(given: GivenAnswer, order: readonly number[]): GivenAnswer {
  const inBank = (shown: number): number => (shown < 0 ? shown : order[shown]!);
  switch (given.kind) {
    case "choice":
      return { kind: "choice", options: given.options.map(inBank).sort((a, b) => a - b) };
    case "match":
      return { kind: "match", matches: given.matches.map(inBank) };
    case "order":
      return { kind: "order", items: given.items.map(inBank) };
    default:
      return given;
  }
}
