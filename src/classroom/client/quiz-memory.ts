/**
 * What a client remembers of the quiz that runs, from one connection to the next: which questions it has shown, and
 * which one is answered by what is typed. An answer bears the number of its question, so that one which is sent again
 * after a lost connection cannot count for the next question.
 */
import type { Control } from "../protocol/v2/control.ts";
import { maxAnswerBytes } from "./limits.ts";

export class QuizMemory {
  readonly #now: () => number;
  /** The quiz that runs; undefined before the first one. */
  number: number | undefined;
  #isOneByOne = false;
  /** Questions that were shown, each with its round. */
  readonly #shown = new Set<string>();
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
    this.#open = undefined;
  }

  /** @returns whether it is to be shown: it comes once more to who comes back */
  show({ number, round }: Control<"question">): boolean {
    const key = `${number} ${round ?? 1}`;
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
}
