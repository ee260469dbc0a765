/**
 * Answers that take a while to make: made one at a time, kept by what was asked, and made once for all who ask the
 * same meanwhile. Of a capture that has ended they stay right. Of a live one they are given again for as long as a
 * report is, and longer where they cost more, so that however many ask, packets are counted most of the time.
 */
import { answerRest, maxAnswers, maxAnswerSize, maxWaitingAnswers, snapshotMs } from "../limits.ts";

interface Kept {
  text: string;
  /** Undefined where it stays right. */
  rightUntil: number | undefined;
}

/** More wait for their answer than may. */
export class TooManyQuestions extends Error {}

export class AnswerCache {
  hits = 0;
  misses = 0;
  refused = 0;
  /** Of all texts, in UTF-16 units. */
  size = 0;
  private readonly kept = new Map<string, Kept>();
  /** Answers that are being made, or wait until they are. */
  private readonly waiting = new Map<string, Promise<string>>();
  private last: Promise<unknown> = Promise.resolve();
  private generation = 0;
  private readonly now: () => number;

  /** @param now milliseconds of a clock that never goes back */
  constructor(now: () => number) {
    this.now = now;
  }

  get entries(): number {
    return this.kept.size;
  }

  /**
   * The answer to `question`.
   * @param isFinal whether it stays right
   * @throws TooManyQuestions where too many wait already
   */
  async answer(question: string, isFinal: boolean, make: () => string): Promise<string> {
    const key = `${isFinal ? "final" : "now"} ${question}`;
    const known = this.kept.get(key);
    if (known !== undefined && (known.rightUntil ?? Infinity) > this.now()) {
      this.hits++;
      // Those asked for last stand last.
      this.kept.delete(key);
      this.kept.set(key, known);
      return known.text;
    }
    const sameKey = `${this.generation} ${key}`;
    const same = this.waiting.get(sameKey);
    if (same !== undefined) return await same;
    if (this.waiting.size >= maxWaitingAnswers) {
      this.refused++;
      throw new TooManyQuestions();
    }
    this.misses++;
    const made = this.last.then(() => this.make(key, isFinal, make));
    this.waiting.set(sameKey, made);
    this.last = made
      .catch(() => {})
      // Packets and other requests have their turn.
      .then(() => new Promise((resolve) => setImmediate(resolve)));
    return await made.finally(() => this.waiting.delete(sameKey));
  }

  /** Lets go of all: what they are about has changed. */
  clear(): void {
    this.generation++;
    this.kept.clear();
    this.size = 0;
  }

  private make(key: string, isFinal: boolean, make: () => string): string {
    const { generation } = this;
    const startedAt = this.now();
    const text = make();
    const endedAt = this.now();
    const lasts = Math.max(snapshotMs, (endedAt - startedAt) * answerRest);
    if (generation === this.generation)
      this.keep(key, { text, rightUntil: isFinal ? undefined : endedAt + lasts });
    return text;
  }

  private keep(key: string, answer: Kept): void {
    this.forget(key);
    if (answer.text.length > maxAnswerSize) return;
    this.kept.set(key, answer);
    this.size += answer.text.length;
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= maxAnswers && this.size <= maxAnswerSize) break;
      this.forget(oldest);
    }
  }

  private forget(key: string): void {
    this.size -= this.kept.get(key)?.text.length ?? 0;
    this.kept.delete(key);
  }
}
