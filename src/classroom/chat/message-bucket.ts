/**
 * A token bucket: so many messages (or bytes of them) at once, then so many a second. Who sends more is read later; nothing is
 * dropped, so that an old client that sends a burst loses none of it. The clock is read only when the tokens are
 * used up, so that after a rest as much as two bursts may pass at once.
 */
export class MessageBucket {
  #tokens: number;
  #filledAtMs: number;
  #burst: number;
  #perSecond: number;

  constructor(burst: number, perSecond: number, nowMs: number) {
    this.#tokens = burst;
    this.#burst = burst;
    this.#perSecond = perSecond;
    this.#filledAtMs = nowMs;
  }

  /** Takes tokens. @returns milliseconds to wait before the next message, 0 while there are tokens */
  take(cost: number, nowMs: () => number): number {
    this.#tokens -= cost;
    if (this.#tokens > 0) return 0;
    this.#fill(nowMs());
    // Waits for a tenth of a second's worth, so that one timer lets several messages pass.
    return this.#tokens > 0 ? 0 : 100 - (this.#tokens * 1000) / this.#perSecond;
  }

  /** Takes tokens where there are so many. @returns whether there were */
  takeIfThere(cost: number, nowMs: () => number): boolean {
    if (this.#tokens < cost) this.#fill(nowMs());
    if (this.#tokens < cost) return false;
    this.#tokens -= cost;
    return true;
  }

  #fill(now: number): void {
    const gained = ((now - this.#filledAtMs) / 1000) * this.#perSecond;
    this.#tokens = Math.min(this.#burst, this.#tokens + gained);
    this.#filledAtMs = now;
  }
}
