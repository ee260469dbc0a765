/**
 * The end of the tick, when everything that was sent within it is written: one write a connection, however many
 * frames and senders there were. News that nobody waits for are gathered for longer: where thousands come in at
 * once, each of them is told to all the others.
 */
import type { Fanout } from "./fanout.ts";
import { maxNewsDelayMs, newsDelayMs, newsDelayOfReaderMs } from "./limits.ts";
import type { SendQueue } from "./send-queue.ts";

export class WriteTick {
  #fanouts: Fanout[] = [];
  #queues: SendQueue[] = [];
  #scheduled = false;
  #later: (run: () => void) => void;
  #newsLater: (run: () => void, delayMs: number) => void;

  /**
   * A test gives its own functions.
   * @param later runs a function at the end of the tick
   * @param newsLater runs a function so many milliseconds later
   */
  constructor(
    later: (run: () => void) => void = setImmediate,
    newsLater: (run: () => void, delayMs: number) => void = setTimeout,
  ) {
    this.#later = later;
    this.#newsLater = newsLater;
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

  /** Tells a room of so many readers when its news are due. */
  scheduleNews(readers: number, run: () => void): void {
    const delayMs = Math.min(maxNewsDelayMs, Math.max(newsDelayMs, readers * newsDelayOfReaderMs));
    this.#newsLater(run, delayMs);
  }

  /** Writes out everything but news at once, also before the tick's end. */
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
