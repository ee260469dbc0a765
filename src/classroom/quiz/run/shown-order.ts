/** In which order a student sees questions, options, matches and items. */
import type { BankQuestion } from "../banks/question.ts";
import { shownCount } from "./given-answer.ts";
import type { JoinRecord } from "./run-records.ts";
import type { RunSettings } from "./run-settings.ts";
import { shuffledOrder } from "./shuffle.ts";

/** What a run is made of, beside its records. */
export interface RunPlan {
  readonly questions: readonly BankQuestion[];
  readonly settings: RunSettings;
  readonly seed: number;
}

type Seeded = Pick<JoinRecord, "seed"> | undefined;

/** The numbers in the bank of a student's questions, in the order of this student. */
export function questionOrder({ questions, settings }: RunPlan, student: Seeded): number[] {
  if (student === undefined || !settings.shuffleQuestions || settings.pace !== "all-at-once")
    return questions.map((_, index) => index);
  return shuffledOrder(questions.length, student.seed, -1);
}

/** At each place that a student sees, the number in the bank. Matches and items are never in their own order. */
export function shownOrder({ questions, settings }: RunPlan, student: Seeded, question: number): number[] {
  const asked = questions[question];
  const count = asked === undefined ? 0 : shownCount(asked);
  const mustShuffle = asked?.kind === "match" || asked?.kind === "order";
  if (student === undefined || (!settings.shuffleOptions && !mustShuffle))
    return Array.from({ length: count }, (_, index) => index);
  return shuffledOrder(count, student.seed, question);
}
