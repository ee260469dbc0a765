/**
 * Finds out that a connection is dead though nobody has said so: a machine that changed its network, or slept, would
 * wait for ever. Where nothing comes for a while a `ping` is sent, and where that is not answered it is given up.
 */
import { encodeFrame } from "../protocol/frame.ts";
import { pingAfterMs, pongWithinMs, watchEveryMs } from "./limits.ts";

/** As much of a connection as is watched. */
interface Watched {
  send(frame: Uint8Array): void;
  destroy(): void;
}

export class LinkWatch {
  readonly #now: () => number;
  /** Whether we are not reading at present. */
  readonly #isDeaf: () => boolean;
  #watched: Watched | undefined;
  #heardMs = 0;
  #pingedMs: number | undefined;
  #timer: Timer | undefined;

  /** @param now milliseconds */
  constructor(now: () => number, isDeaf: () => boolean) {
    this.#now = now;
    this.#isDeaf = isDeaf;
  }

  /** Watches this connection from now on. */
  watch(watched: Watched): void {
    this.#watched = watched;
    this.heard();
    this.#timer ??= setInterval(() => this.look(), watchEveryMs);
  }

  /** Something came. */
  heard(): void {
    this.#heardMs = this.#now();
    this.#pingedMs = undefined;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#watched = undefined;
  }

  look(): void {
    const now = this.#now();
    // While nothing is read nothing is heard.
    if (this.#isDeaf()) return this.heard();
    if (this.#pingedMs === undefined) {
      if (now - this.#heardMs < pingAfterMs) return;
      this.#pingedMs = now;
      this.#watched?.send(encodeFrame("ping", "there?"));
    } else if (now - this.#pingedMs >= pongWithinMs) {
      this.#watched?.destroy();
      this.#watched = undefined;
    }
  }
}
