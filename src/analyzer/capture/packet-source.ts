/**
 * The port between where packets come from and what is made of them. A file, standard input and a live
 * interface stand behind it, and nothing above it knows which.
 */
import type { PacketBatch } from "./packet-batch.ts";

/** How far a source was read; nothing about bytes where there are none, as with live traffic. */
export interface SourceProgress {
  /** As they lie in the file, compressed or not. */
  readBytes?: number;
  /** Of the whole file. */
  totalBytes?: number | undefined;
}

export interface PacketSource {
  readonly kind: "file" | "stdin" | "interface";
  /** The name as the person gave it. */
  readonly name: string;
  /** Link types seen so far, by number, in the order they appeared. */
  readonly linkTypes: readonly number[];
  /** Packets lost before pcs could count them, as the capture says, together with those pcs refused. */
  readonly dropped: number;
  /** Of `dropped`, those that pcs refused by a limit; none where it is left out. */
  readonly droppedByPcs?: number | undefined;
  /** Sentences about the capture itself, such as an end in the middle of a packet. */
  readonly warnings: readonly string[];
  readonly progress: SourceProgress;
  /** Whether so much waits to be taken that packets may soon be lost. */
  readonly isBehind?: boolean;
  /** Whether packets come faster than they are taken, though there is room yet. */
  readonly isBusy?: boolean;
  /**
   * The path of the file that `PacketBatch.position` counts in; undefined where the bytes cannot be read there
   * again, because they were inflated, or came through a pipe or from an interface.
   */
  readonly rereadPath?: string | undefined;
  /**
   * The next packets, or undefined at the end. The batch is valid until the next call.
   * @throws ExpectedError when the bytes can no longer be read
   */
  next(): Promise<PacketBatch | undefined>;
  /** Asks a live source to end: `next` gives what was captured until now, and then nothing. */
  stop?(): void;
  close(): Promise<void>;
}
