/**
 * How fast one person is read: what comes faster waits undecoded, and is read later. None is lost, and whoever waits
 * for it is counted.
 */
import { MessageBucket } from "../chat/message-bucket.ts";
import type { Connection } from "../net/connection.ts";
import type { ServerLimits } from "./limits.ts";

/** What is counted apart from all messages, for it costs the server more. */
export type CostlyKind = "joins" | "uploads" | "commands";

/** How often somebody had to wait since the start. */
export interface Delays {
  delayedMessages: number;
  delayedJoins: number;
  delayedUploads: number;
  delayedCommands: number;
}

const counterOf = {
  messages: "delayedMessages",
  joins: "delayedJoins",
  uploads: "delayedUploads",
  commands: "delayedCommands",
} as const;

export class Pace {
  #limits: ServerLimits;
  #now: () => number;
  #delays: Delays;
  #messages: MessageBucket;
  #bytes: MessageBucket;
  /** Made when they are needed: most people need none. */
  #costly: Partial<Record<CostlyKind, MessageBucket>> = {};
  #timer: Timer | undefined;
  #dueMs = 0;

  constructor(limits: ServerLimits, now: () => number, delays: Delays) {
    const nowMs = now();
    this.#limits = limits;
    this.#now = now;
    this.#delays = delays;
    this.#messages = new MessageBucket(limits.messageBurst, limits.messagesPerSecond, nowMs);
    this.#bytes = new MessageBucket(limits.byteBurst, limits.bytesPerSecond, nowMs);
  }

  /** Counts a message; reads the next one later if it was one too many. */
  take(connection: Connection, bytes: number): void {
    const waitMs = Math.max(this.#messages.take(1, this.#now), this.#bytes.take(bytes, this.#now));
    if (waitMs > 0) this.#wait(connection, waitMs, "messages");
  }

  /** Counts something that costs more than a message, besides that. */
  takeCostly(connection: Connection, kind: CostlyKind): void {
    const { burst, perSecond } = this.#limits[kind];
    const bucket = (this.#costly[kind] ??= new MessageBucket(burst, perSecond, this.#now()));
    const waitMs = bucket.take(1, this.#now);
    if (waitMs > 0) this.#wait(connection, waitMs, kind);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #wait(connection: Connection, waitMs: number, kind: keyof typeof counterOf): void {
    const dueMs = this.#now() + waitMs;
    if (this.#timer !== undefined && dueMs <= this.#dueMs) return;
    this.#delays[counterOf[kind]]++;
    if (this.#timer === undefined) connection.hold();
    clearTimeout(this.#timer);
    this.#dueMs = dueMs;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      connection.release();
    }, waitMs);
  }
}
