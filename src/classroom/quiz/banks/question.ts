/**
 * One model for what every format of questions says. All texts are plain text: trimmed, lines parted by `\n`.
 * Weights are fractions of the question's mark, from -1 to 1, with seven decimals, as Moodle keeps them.
 */

interface Common {
  /** What the bank calls the question; empty where it has no name. */
  readonly title: string;
  /** A path with `/` between its parts; empty for none. */
  readonly category: string;
  readonly text: string;
  /** For everybody, whatever the answer was. */
  readonly feedback: string;
  /** Moodle's id number; empty for none. */
  readonly id: string;
  readonly tags: readonly string[];
}

/** Something that can be answered, what it is worth, and what is said to whoever answers it. */
export interface WeightedText {
  readonly text: string;
  readonly weight: number;
  readonly feedback: string;
}

export interface ChoiceQuestion extends Common {
  readonly kind: "choice";
  /** One option is chosen; otherwise any number of them, and their weights add up. */
  readonly single: boolean;
  readonly options: readonly WeightedText[];
}

export interface TrueFalseQuestion extends Common {
  readonly kind: "true-false";
  readonly answer: boolean;
  readonly feedbackTrue: string;
  readonly feedbackFalse: string;
}

export interface ShortQuestion extends Common {
  readonly kind: "short";
  /** The first that fits counts. `*` stands for any run of characters, upper and lower case are the same. */
  readonly answers: readonly WeightedText[];
}

/** The numbers that an answer accepts. */
export type NumberRange =
  | { readonly kind: "near"; readonly value: number; readonly tolerance: number }
  | { readonly kind: "between"; readonly min: number; readonly max: number }
  | { readonly kind: "any" };

export interface NumericAnswer {
  readonly range: NumberRange;
  readonly weight: number;
  readonly feedback: string;
}

export interface NumericQuestion extends Common {
  readonly kind: "numeric";
  /** The first that fits counts. */
  readonly answers: readonly NumericAnswer[];
}

export interface MatchQuestion extends Common {
  readonly kind: "match";
  readonly pairs: readonly { readonly prompt: string; readonly answer: string }[];
  /** Answers that belong to no prompt. */
  readonly distractors: readonly string[];
}

/** `exact`: all or nothing; `position`: each item in its place; `next`: each item before the right next one. */
export type OrderGrading = "exact" | "position" | "next";

export interface OrderQuestion extends Common {
  readonly kind: "order";
  /** In the right order. */
  readonly items: readonly string[];
  readonly grading: OrderGrading;
}

/** Read and marked by a person. */
export interface EssayQuestion extends Common {
  readonly kind: "essay";
}

/** Only shown; nothing is answered. */
export interface DescriptionQuestion extends Common {
  readonly kind: "description";
}

export type BankQuestion =
  | ChoiceQuestion
  | TrueFalseQuestion
  | ShortQuestion
  | NumericQuestion
  | MatchQuestion
  | OrderQuestion
  | EssayQuestion
  | DescriptionQuestion;

export type QuestionKind = BankQuestion["kind"];

export const questionKinds: readonly QuestionKind[] = [
  "choice",
  "true-false",
  "short",
  "numeric",
  "match",
  "order",
  "essay",
  "description",
];

/** A weight as it is kept: seven decimals, and no negative zero. */
export function roundWeight(weight: number): number {
  return Math.round(weight * 1e7) / 1e7 + 0;
}
