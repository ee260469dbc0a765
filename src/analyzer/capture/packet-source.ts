/**
 * The port between where packets come from and what is made of them. A file and standard input stand behind
 * it, and nothing above it knows which.
 */
import type { PacketBatch } from "./packet-batch.ts";

export interface PacketSource {
  readonly kind: "file" | "stdin";
  /** The name as the person gave it. */
  readonly name: string;
  /** Link types seen so far, by number, in the order they appeared. */
  readonly linkTypes: readonly number[];
  /** Packets lost before pcs could count them, as the capture says, together with those pcs refused. */
  readonly dropped: number;
  /** Sentences about the capture itself, such as an end in the middle of a packet. */
  readonly warnings: readonly string[];
  /**
   * The next packets, or undefined at the end. The batch is valid until the next call.
   * @throws ExpectedError when the bytes can no longer be read
   */
  next(): Promise<PacketBatch | undefined>;
  close(): Promise<void>;
}
