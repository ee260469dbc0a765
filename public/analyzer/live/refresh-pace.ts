/**
 * When panels ask again: once something is new, at most once in `leastMs`, and not while it is held, however much
 * comes. What came while it was held brings one tick afterwards.
 */
export interface PaceClock {
  nowMs(): number;
  /** Calls `ring` in `ms`. @returns what keeps it from doing so */
  after(ms: number, ring: () => void): () => void;
}

export class RefreshPace {
  private readonly clock: PaceClock;
  private readonly leastMs: number;
  private readonly tick: () => void;
  private tickedAtMs = Number.NEGATIVE_INFINITY;
  private isNew = false;
  private isHeld = false;
  private cancel: (() => void) | undefined;

  constructor(clock: PaceClock, leastMs: number, tick: () => void) {
    this.clock = clock;
    this.leastMs = leastMs;
    this.tick = tick;
  }

  /** There is something new. */
  mark(): void {
    this.isNew = true;
    this.wake();
  }

  /** Whether nothing may be asked for now. */
  hold(isHeld: boolean): void {
    this.isHeld = isHeld;
    this.wake();
  }

  /** Nothing is new any more. */
  reset(): void {
    this.isNew = false;
    this.cancel?.();
    this.cancel = undefined;
  }

  private wake(): void {
    if (!this.isNew || this.isHeld || this.cancel !== undefined) return;
    const inMs = Math.max(0, this.tickedAtMs + this.leastMs - this.clock.nowMs());
    this.cancel = this.clock.after(inMs, () => this.ring());
  }

  private ring(): void {
    this.cancel = undefined;
    if (!this.isNew || this.isHeld) return;
    this.isNew = false;
    this.tickedAtMs = this.clock.nowMs();
    this.tick();
  }
}
