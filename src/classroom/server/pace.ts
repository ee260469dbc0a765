/** How fast one person is read: what comes faster waits undecoded, and is read later. */
import { MessageBucket } from "../chat/message-bucket.ts";
import type { Connection } from "../net/connection.ts";
import { commandBurst, commandsPerSecond, type ServerLimits } from "./limits.ts";

export class Pace {
  #now: () => number;
  #messages: MessageBucket;
  #bytes: MessageBucket;
  #timer: Timer | undefined;

  constructor(limits: ServerLimits, now: () => number) {
    const nowMs = now();
    this.#now = now;
    this.#messages = new MessageBucket(limits.messageBurst, limits.messagesPerSecond, nowMs);
    this.#bytes = new MessageBucket(limits.byteBurst, limits.bytesPerSecond, nowMs);
  }

  /** Counts a message; reads the next one later if it was one too many. None is lost. */
  take(connection: Connection, bytes: number): void {
    const waitMs = Math.max(this.#messages.take(1, this.#now), this.#bytes.take(bytes, this.#now));
    if (waitMs <= 0 || this.#timer !== undefined) return;
    connection.hold();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      connection.release();
    }, waitMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

/** The pace of what a teacher does. */
export function commandPace(limits: ServerLimits, now: () => number): Pace {
  return new Pace({ ...limits, messageBurst: commandBurst, messagesPerSecond: commandsPerSecond }, now);
}
