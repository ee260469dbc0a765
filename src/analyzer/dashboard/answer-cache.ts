/**
 * Answers that took a while to make, by what was asked: of a capture that has ended they stay right, of a live one
 * for as long as a report does. The one asked for longest ago goes first.
 */
import { maxAnswerBytes, maxAnswers, snapshotMs } from "../limits.ts";

interface Kept {
  text: string;
  /** Undefined where it stays right. */
  madeAt: number | undefined;
}

export class AnswerCache {
  hits = 0;
  misses = 0;
  /** Of all texts, in UTF-16 units. */
  size = 0;
  private readonly kept = new Map<string, Kept>();
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
   */
  answer(question: string, isFinal: boolean, make: () => string): string {
    const known = this.kept.get(question);
    if (known !== undefined && this.isRight(known, isFinal)) {
      this.hits++;
      // Those asked for last stand last.
      this.kept.delete(question);
      this.kept.set(question, known);
      return known.text;
    }
    this.misses++;
    this.forget(question);
    const text = make();
    if (text.length > maxAnswerBytes) return text;
    this.kept.set(question, { text, madeAt: isFinal ? undefined : this.now() });
    this.size += text.length;
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= maxAnswers && this.size <= maxAnswerBytes) break;
      this.forget(oldest);
    }
    return text;
  }

  /** Lets go of all: what they are about has changed. */
  clear(): void {
    this.kept.clear();
    this.size = 0;
  }

  private isRight({ madeAt }: Kept, isFinal: boolean): boolean {
    if (madeAt === undefined) return true;
    return !isFinal && this.now() - madeAt < snapshotMs;
  }

  private forget(question: string): void {
    this.size -= this.kept.get(question)?.text.length ?? 0;
    this.kept.delete(question);
  }
}
