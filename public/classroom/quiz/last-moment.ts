/** What is still to be done just before the time is up. */
import { lastMomentMs } from "../limits.ts";

export class LastMoment {
  #run: () => void;
  #endsMs: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param run is called once for each end */
  constructor(run: () => void) {
    this.#run = run;
  }

  /** @param endsMs on the clock of `performance.now`; undefined where there is no end, or none for now */
  set(endsMs: number | undefined): void {
    if (endsMs === this.#endsMs) return;
    this.#endsMs = endsMs;
    clearTimeout(this.#timer);
    if (endsMs === undefined) return;
    this.#timer = setTimeout(() => this.#run(), Math.max(0, endsMs - lastMomentMs - performance.now()));
  }
}
