/**
 * Takes away messages that are not to be kept any longer: in the background, a few at a time, so that what is said
 * meanwhile is written between two slices.
 */
import { asSentence, ExpectedError } from "../../../lib/errors.ts";
import { dayMs } from "../../chat/retention.ts";
import type { Ports } from "../classroom.ts";
import { maxClockJumpMs, maxPrunedAtOnce, pruneEveryMs, prunePauseMs } from "../limits.ts";

export class MessageKeeper {
  /** Messages taken away since the start. */
  removed = 0;
  readonly #ports: Ports;
  /** The time of day when the other clock stood at 0. */
  readonly #startMs: number;
  #hasJumped = false;
  #failure: string | undefined;
  #timer: Timer | undefined;
  #isStopped = false;

  constructor(ports: Ports) {
    this.#ports = ports;
    this.#startMs = ports.wallClock() - ports.now();
  }

  start(afterMs = pruneEveryMs): void {
    this.#timer = setTimeout(() => void this.#run(), afterMs);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  /** Takes away some. @returns whether there are more */
  async prune(): Promise<boolean> {
    const { messages, retention, search, screen, log } = this.#ports;
    const { bytes: maxBytes } = retention;
    const olderThanMs = this.#olderThanMs();
    if (olderThanMs === undefined && maxBytes === undefined) return false;
    try {
      const slice = await messages.prune({ olderThanMs, maxBytes, most: maxPrunedAtOnce });
      this.removed += slice.removed;
      if (slice.removed > 0) search.wake();
      this.#failure = undefined;
      return slice.isMore;
    } catch (error) {
      if (!(error instanceof ExpectedError)) log.fault(error);
      else if (error.message !== this.#failure) screen.line(asSentence(error.message));
      this.#failure = error instanceof ExpectedError ? error.message : "";
      return false;
    }
  }

  async #run(): Promise<void> {
    const isMore = await this.prune();
    if (!this.#isStopped) this.start(isMore ? prunePauseMs : pruneEveryMs);
  }

  /** A clock that has jumped says nothing of any message's age. */
  #olderThanMs(): number | undefined {
    const { retention, now, wallClock, screen } = this.#ports;
    if (retention.days === undefined || this.#hasJumped) return undefined;
    const at = wallClock();
    if (Math.abs(at - now() - this.#startMs) <= maxClockJumpMs) return at - retention.days * dayMs;
    this.#hasJumped = true;
    screen.line("The clock of this machine was changed: until the next start no message is too old.");
    return undefined;
  }
}
