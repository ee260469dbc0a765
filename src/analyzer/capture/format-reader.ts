/**
 * What the readers of capture formats have in common: bytes of a window in, rows of a batch out. They do no
 * reading themselves, so that every cut of every file can be tested without one.
 */
import type { ByteWindow } from "./byte-window.ts";
import type { PacketBatch } from "./packet-batch.ts";

/** How a reader stopped: it wants more bytes, its batch is full, or nothing further can be read. */
export type ReadState = "more" | "full" | "stopped";

export interface FormatReader {
  /** Link types seen so far, each once, in order. */
  readonly linkTypes: number[];
  /** Packets that the capture says were lost, and those refused by a limit. */
  readonly dropped: number;
  /** Of these, those refused; none where it is left out. */
  readonly droppedByPcs?: number;
  /** Sentences about damage met so far. */
  readonly warnings: string[];
  /** After "more": bytes the next packet needs in the window, as far as it is known. */
  readonly needed: number;
  /** Moves whole packets from the window into the batch, after the rows it holds. Never throws. */
  read(window: ByteWindow, batch: PacketBatch): ReadState;
  /** Adds the warnings that an end of the bytes at this place calls for. */
  finish(window: ByteWindow): void;
}
