/** The phase of a run and its time, which stands still while it is paused. The time now always comes from outside. */
import { keepClockEveryMs } from "./limits.ts";
import type { Phase, RunEffect } from "./run-records.ts";

export type TimedPhase = Extract<Phase, { elapsedMs: number }>;

export class PhaseTimer {
  readonly #graceMs: number;
  #phase: Phase = { kind: "lobby" };
  /** When the phase's elapsed time was what it says. */
  #sinceMs = 0;

  /** @param graceMs how much longer than its time a question stays open, for answers that are on their way */
  constructor(graceMs: number) {
    this.#graceMs = graceMs;
  }

  /** As it was when it began, was paused, extended or last kept. */
  get phase(): Phase {
    return this.#phase;
  }

  /** As it is now. */
  phaseAt(nowMs: number): Phase {
    const phase = this.#phase;
    return "elapsedMs" in phase ? { ...phase, elapsedMs: this.elapsed(phase, nowMs) } : phase;
  }

  set(phase: Phase, nowMs: number): void {
    this.#phase = phase;
    this.#sinceMs = nowMs;
  }

  elapsed(phase: TimedPhase, nowMs: number): number {
    return phase.elapsedMs + (phase.isPaused ? 0 : Math.max(0, nowMs - this.#sinceMs));
  }

  /** Whether the phase ends by itself now. */
  isOver(nowMs: number): boolean {
    const phase = this.#phase;
    return "elapsedMs" in phase && !phase.isPaused && (this.#leftMs(phase, nowMs) ?? 1) <= 0;
  }

  /** Whether an open question's time should be kept again, so that a restart goes on from there. */
  isKeepingDue(nowMs: number): boolean {
    return (
      this.#phase.kind === "question" && !this.#phase.isPaused && nowMs - this.#sinceMs >= keepClockEveryMs
    );
  }

  /** When to look again. */
  wake(nowMs: number): RunEffect[] {
    const phase = this.#phase;
    if (!("elapsedMs" in phase) || phase.isPaused) return [];
    const untilKept = phase.kind === "question" ? this.#sinceMs + keepClockEveryMs - nowMs : Infinity;
    const afterMs = Math.max(0, Math.min(this.#leftMs(phase, nowMs) ?? Infinity, untilKept));
    return afterMs === Infinity ? [] : [{ kind: "wake", afterMs }];
  }

  #leftMs(phase: TimedPhase, nowMs: number): number | undefined {
    if (phase.limitMs === undefined) return undefined;
    const grace = phase.kind === "question" ? this.#graceMs : 0;
    return phase.limitMs + grace - this.elapsed(phase, nowMs);
  }
}
