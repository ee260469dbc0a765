/** One quiz while it runs: who has answered, and how many each had right. Each name answers once. */
import { nameKey } from "../accounts/person-name.ts";
import { quizPayloads, quizQuestion } from "../protocol/messages.ts";
import type { Quiz } from "./quiz-file.ts";

export class QuizRun {
  readonly quiz: Quiz;
  /** The name of the CSV file for the scores. */
  readonly scores: string;
  #answered = new Set<string>();

  constructor(quiz: Quiz, scores: string) {
    this.quiz = quiz;
    this.scores = scores;
  }

  get answeredCount(): number {
    return this.#answered.size;
  }

  /** The frames' payloads that put the whole quiz before a class. */
  payloads(): string[] {
    const { questions } = this.quiz;
    return quizPayloads(questions.map(({ text, options }, index) => quizQuestion(index + 1, text, options)));
  }

  /**
   * Counts one person's answers; those that are missing are wrong, those left over are ignored.
   * @returns the score, or undefined where this name has answered already
   */
  answer(name: string, text: string): number | undefined {
    const key = nameKey(name);
    if (this.#answered.has(key)) return undefined;
    this.#answered.add(key);
    const given = text
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== "");
    return this.quiz.answers.filter((right, index) => given[index] === right).length;
  }

  /** The answer could not be kept: the person may answer again. */
  forget(name: string): void {
    this.#answered.delete(nameKey(name));
  }
}
