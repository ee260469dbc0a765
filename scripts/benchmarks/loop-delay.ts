/** How late this process itself is: what it measures of others is longer by that. */
const everyMs = 2;

export class LoopDelay {
  /** When the timer was due, and when it ran: only where that was late, in order. */
  readonly #late: { dueMs: number; ranMs: number }[] = [];
  #timer: Timer;

  constructor() {
    this.#timer = this.#next();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** The longest that anything waited for this process within a span, in milliseconds, as far as it lay in the span. */
  longest(fromMs: number, toMs: number): number {
    let longest = 0;
    for (const { dueMs, ranMs } of this.#late)
      longest = Math.max(longest, Math.min(ranMs, toMs) - Math.max(dueMs, fromMs));
    return longest;
  }

  #next(): Timer {
    const dueMs = performance.now() + everyMs;
    return setTimeout(() => {
      const ranMs = performance.now();
      if (ranMs > dueMs + 1) this.#late.push({ dueMs, ranMs });
      this.#timer = this.#next();
    }, everyMs);
  }
}
