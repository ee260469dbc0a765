/**
 * Where those who come in wait for each other. Where a whole class comes back at once, what each costs is spread over
 * many turns of the event loop, so that whoever is in already is served between two slices:
 *
 *      turn of the loop   | what has come | some who come in | what has come | some who come in | …
 */
import type { Connection } from "../net/connection.ts";
import { entranceSliceMs } from "./limits.ts";

export class Entrance {
  readonly #now: () => number;
  readonly #fault: (error: unknown) => void;
  readonly #later: (run: () => void) => void;
  #waiting: (() => void)[] = [];
  /** Those of `#waiting` that had their turn. */
  #done = 0;
  #spentMs = 0;
  #isScheduled = false;

  /**
   * @param now milliseconds that never run backwards
   * @param fault told what work throws
   * @param later runs a function in the next turn of the loop
   */
  constructor(
    now: () => number,
    fault: (error: unknown) => void,
    later: (run: () => void) => void = setImmediate,
  ) {
    this.#now = now;
    this.#fault = fault;
    this.#later = later;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting.length - this.#done;
  }

  /** Whether work would be done at once. */
  get isFree(): boolean {
    return this.waiting === 0 && this.#spentMs < entranceSliceMs;
  }

  /** Does the work at once where nobody waits and the slice is not used up, or else when its turn comes. */
  enter(work: () => void): void {
    this.#schedule();
    if (this.isFree) this.#run(work);
    else this.#waiting.push(work);
  }

  /** The same with what was said over a connection; what comes behind it there waits as long. Call within `frame`. */
  enterOver(connection: Connection, work: () => void): void {
    if (this.isFree) return this.enter(work);
    connection.hold();
    this.enter(() => {
      if (connection.isOpen) work();
      connection.release();
    });
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#later(() => this.#slice());
  }

  #slice(): void {
    this.#isScheduled = false;
    this.#spentMs = 0;
    if (this.waiting === 0) return;
    this.#schedule();
    while (this.waiting > 0 && this.#spentMs < entranceSliceMs) this.#run(this.#waiting[this.#done++]!);
    if (this.waiting > 0) return;
    this.#waiting = [];
    this.#done = 0;
  }

  #run(work: () => void): void {
    const fromMs = this.#now();
    try {
      work();
    } catch (error) {
      this.#fault(error);
    }
    this.#spentMs += this.#now() - fromMs;
  }
}
