/** The mark that guessing gives on average, as Moodle's question types have it (get_random_guess_score). */
import type { BankQuestion } from "../banks/question.ts";
import { matchAnswers } from "../run/given-answer.ts";

/**
 * @returns a fraction of the mark; undefined where it cannot be said: any number of options, an essay.
 * For an ordering Moodle says nothing; here it is the mean over all orders.
 */
export function randomGuess(question: BankQuestion): number | undefined {
  switch (question.kind) {
    case "choice":
      if (!question.single) return undefined;
      return question.options.reduce((sum, { weight }) => sum + weight, 0) / question.options.length;
    case "true-false":
      return 0.5;
    case "match":
      return 1 / matchAnswers(question).length;
    case "short":
      return question.answers.find(({ text }) => text === "*")?.weight ?? 0;
    case "numeric":
      return question.answers.find(({ range }) => range.kind === "any")?.weight ?? 0;
    case "order":
      return guessedOrder(question.items.length, question.grading);
    default:
      return undefined;
  }
}

/** Each item is in place, and before its next one, in one of `count` orders; all are in one of `count!`. */
function guessedOrder(count: number, grading: "exact" | "position" | "next"): number {
  if (grading !== "exact") return 1 / count;
  let orders = 1;
  for (let factor = 2; factor <= count; factor++) orders *= factor;
  return 1 / orders;
}
