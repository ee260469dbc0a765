/**
 * How fast one person is read: what comes faster waits undecoded, and is read later. None is lost, and whoever waits
 * for it is counted.
 */
import { MessageBucket } from "../chat/message-bucket.ts";
import type { Connection } from "../net/connection.ts";
import { maxAllowances, type ServerLimits } from "./limits.ts";

/** What is counted apart from all messages, for it costs the server more. */
export type CostlyKind = "strangers" | "joins" | "chunks" | "uploads" | "commands";

/** How often somebody had to wait since the start. */
export interface Delays {
  /** Of those who have not logged in. */
  delayedStrangers: number;
  delayedMessages: number;
  /** Messages that were not kept because one person had said so much. */
  overKept: number;
  delayedJoins: number;
  delayedChunks: number;
  delayedUploads: number;
  delayedCommands: number;
}

const counterOf = {
  strangers: "delayedStrangers",
  messages: "delayedMessages",
  joins: "delayedJoins",
  chunks: "delayedChunks",
  uploads: "delayedUploads",
  commands: "delayedCommands",
} as const;

/** What one message costs beside its text. */
const keptMessageCost = 256;

/** What is told to who has said too much to be kept. */
export const overKeptSentence =
  "You have said as much today as is kept of one person, so nobody heard this; please go on later.";

/** What one person may still send. */
export interface Allowance {
  messages: MessageBucket;
  bytes: MessageBucket;
  /** Bytes of text that are kept. */
  kept: MessageBucket;
  /** Made when they are needed: most people need none. */
  costly: Partial<Record<CostlyKind, MessageBucket>>;
}

function fullAllowance(limits: ServerLimits, nowMs: number): Allowance {
  return {
    messages: new MessageBucket(limits.messageBurst, limits.messagesPerSecond, nowMs),
    bytes: new MessageBucket(limits.byteBurst, limits.bytesPerSecond, nowMs),
    kept: new MessageBucket(limits.keptBytesPerDay, limits.keptBytesPerDay / 86_400, nowMs),
    costly: {},
  };
}

/** By person and not by connection: nobody may send much anew by coming in anew. */
export class Allowances {
  #limits: ServerLimits;
  #now: () => number;
  #byKey = new Map<string, Allowance>();

  constructor(limits: ServerLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  /** @param key of a name */
  of(key: string): Allowance {
    const allowance = this.#byKey.get(key) ?? fullAllowance(this.#limits, this.#now());
    this.#byKey.delete(key);
    this.#byKey.set(key, allowance);
    const oldest = this.#byKey.keys().next();
    if (this.#byKey.size > maxAllowances && oldest.done !== true) this.#byKey.delete(oldest.value);
    return allowance;
  }
}

export class Pace {
  #limits: ServerLimits;
  #now: () => number;
  #delays: Delays;
  #allowance: Allowance;
  #timer: Timer | undefined;
  #dueMs = 0;

  constructor(limits: ServerLimits, now: () => number, delays: Delays) {
    this.#limits = limits;
    this.#now = now;
    this.#delays = delays;
    this.#allowance = fullAllowance(limits, now());
  }

  /** It is known by now who this is. */
  goOnWith(allowance: Allowance): void {
    this.#allowance = allowance;
  }

  /** Counts a message; reads the next one later if it was one too many. */
  take(connection: Connection, bytes: number): void {
    const { messages, bytes: volume } = this.#allowance;
    const waitMs = Math.max(messages.take(1, this.#now), volume.take(bytes, this.#now));
    if (waitMs > 0) this.#wait(connection, waitMs, "messages");
  }

  /**
   * Counts a text that is to be kept: whoever keeps on sending would push out what all others have said.
   * @returns false where it is one too many
   */
  keep(bytes: number): boolean {
    const isLittle = this.#allowance.kept.takeIfThere(bytes + keptMessageCost, this.#now);
    if (!isLittle) this.#delays.overKept++;
    return isLittle;
  }

  /** Counts something that costs more than a message, besides that. */
  takeCostly(connection: Connection, kind: CostlyKind): void {
    const { burst, perSecond } = this.#limits[kind];
    const bucket = (this.#allowance.costly[kind] ??= new MessageBucket(burst, perSecond, this.#now()));
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
