/**
 * What a client remembers of the quiz that runs, from one connection to the next: which questions it has shown, and
 * which one is answered by what is typed. An answer bears the number of its question, so that one which is sent again
 * after a lost connection cannot count for the next question.
 */
import type { Control } from "../protocol/v2/control.ts";
import { keptSentence } from "../protocol/v2/quiz-text.ts";
import { maxAnswerBytes } from "./limits.ts";

export class QuizMemory {
  readonly #now: () => number;
  /** The quiz that runs; undefined before the first one. */
  number: number | undefined;
  #isOneByOne = false;
  /** Questions that were shown, each with its round. */
  readonly #shown = new Set<string>();
  /** Of those the ones whose answer is known to be kept. */
  readonly #kept = new Set<string>();
  #open: { number: number; round: number | undefined; shownMs: number } | undefined;

  /** @param now milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** A quiz begins, or it runs when somebody comes in. */
  begin({ quiz, pace }: Control<"quiz">): void {
    this.#isOneByOne = pace === "timed" || pace === "teacher";
    if (this.number === quiz) return;
    this.number = quiz;
    this.#shown.clear();
    this.#kept.clear();
    this.#open = undefined;
  }

  /** @returns whether it is to be shown: it comes once more to who comes back */
  show({ number, round }: Control<"question">): boolean {
    const key = keyOf(number, round);
    if (this.#shown.has(key)) return false;
    this.#shown.add(key);
    this.#open = { number, round, shownMs: this.#now() };
    return true;
  }

  /** What a typed answer says to the server, or a sentence where there is nothing to be answered. */
  answer(text: string): Omit<Control<"answer">, "tag"> | string {
    const { number: quiz } = this;
    if (quiz === undefined) return "There is no quiz now.";
    if (Buffer.byteLength(text) > maxAnswerBytes) return `An answer has at most ${maxAnswerBytes} bytes.`;
    if (!this.#isOneByOne || this.#open === undefined) return { quiz, answer: text };
    const { number, round, shownMs } = this.#open;
    const elapsedMs = Math.max(0, Math.floor(this.#now() - shownMs));
    return { quiz, number, answer: text, ...(round === undefined ? {} : { round }), elapsedMs };
  }

  /** An answer was acknowledged. @returns a sentence that says so, where it was for one question */
  keep({ quiz, number, round }: Omit<Control<"answer">, "tag">): string | undefined {
    if (number === undefined || quiz !== this.number) return undefined;
    this.#kept.add(keyOf(number, round));
    return keptSentence(number);
  }

  /** A question that comes to who comes back says what is kept. @returns a sentence where that is news */
  hearAnswered({ quiz, number, round, answered }: Control<"question">): string | undefined {
    if (answered === undefined || !this.#isOneByOne || this.#kept.has(keyOf(number, round))) return undefined;
    return this.keep({ quiz, number, answer: answered, ...(round === undefined ? {} : { round }) });
  }
}

function keyOf(number: number, round: number | undefined): string {
  return `${number} ${round ?? 1}`;
}
