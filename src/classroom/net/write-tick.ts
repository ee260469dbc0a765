/**
 * The end of the tick, when everything that was sent within it is written: one write a connection, however many
 * frames and senders there were.
 */
import type { Fanout } from "./fanout.ts";
import type { SendQueue } from "./send-queue.ts";

export class WriteTick {
  #fanouts: Fanout[] = [];
  #queues: SendQueue[] = [];
  #scheduled = false;
  #later: (run: () => void) => void;

  /** @param later runs a function at the end of the tick; a test gives its own */
  constructor(later: (run: () => void) => void = setImmediate) {
    this.#later = later;
  }

  /** Writes to this reader at the end of the tick. */
  schedule(queue: SendQueue): void {
    this.#queues.push(queue);
    this.#schedule();
  }

  /** Writes to everybody in this room at the end of the tick. */
  scheduleFanout(fanout: Fanout): void {
    this.#fanouts.push(fanout);
    this.#schedule();
  }

  /** Writes out everything at once, also before the tick's end. */
  run(): void {
    this.#scheduled = false;
    const fanouts = this.#fanouts;
    this.#fanouts = [];
    for (const fanout of fanouts) fanout.flush();
    const queues = this.#queues;
    this.#queues = [];
    for (const queue of queues) queue.flush();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#later(() => this.run());
  }
}
