/**
 * The sending side of one transfer of the second protocol (PROTOCOL.md §10): chunks as far as the credit goes, and
 * no more than a block of them waiting, so that chat that is said meanwhile is not behind a file. What goes to one
 * receiver alone is sent from where it was read to.
 */
import { encodeChunk } from "../protocol/v2/chunk.ts";
import { writeBlockHeads, type Block, type BlockSource } from "../protocol/v2/chunk-block.ts";
import type { Connection } from "./connection.ts";
import { rawStallMs } from "./limits.ts";

/**
 * How a transfer ended on this side: `sent` all that the file had, `gone` (the connection), `stalled` (no credit for
 * long), `stopped` (by `stop`), `failed` (the file could not be read to the size it had).
 */
export type ChunkOutcome =
  { kind: "sent"; sha256: string } | { kind: "gone" | "stalled" | "stopped" | "failed" };

export type ChunkTarget = Pick<Connection, "send" | "queue" | "whenEmpty" | "isOpen" | "isGone">;

export class ChunkSender {
  #target: ChunkTarget;
  #transfer: number;
  #source: BlockSource;
  #stallMs: number;
  #upTo = 0;
  #isStopped = false;
  #wake: (() => void) | undefined;

  constructor(target: ChunkTarget, transfer: number, source: BlockSource, stallMs = rawStallMs) {
    this.#target = target;
    this.#transfer = transfer;
    this.#source = source;
    this.#stallMs = stallMs;
  }

  /** Data may reach this offset; it never goes down. */
  credit(upTo: number): void {
    if (upTo <= this.#upTo) return;
    this.#upTo = upTo;
    this.#wake?.();
  }

  stop(): void {
    this.#isStopped = true;
    this.#wake?.();
  }

  /**
   * Sends the file from `offset` on. What is before it is only hashed.
   * @param progress told the bytes handed to the connection so far
   */
  async run(offset: number, progress?: (bytes: number) => void): Promise<ChunkOutcome> {
    const { size } = this.#source;
    try {
      await this.#source.hashTo(offset);
      let next = offset < size ? this.#source.block(offset) : undefined;
      while (next !== undefined) {
        const block: Block = await next;
        // What was sent before is with the system then, and its buffer is free.
        await this.#untilWritten();
        next = block.end < size ? this.#source.block(block.end) : undefined;
        // Where this one cannot be sent nobody looks at the next.
        next?.catch(() => {});
        const ended = await this.#send(block);
        if (ended !== undefined) {
          await next?.catch(() => {});
          return { kind: ended };
        }
        progress?.(block.end);
      }
      return { kind: "sent", sha256: await this.#source.sha256() };
    } catch {
      return { kind: "failed" };
    }
  }

  async #send(block: Block): Promise<"gone" | "stalled" | "stopped" | undefined> {
    if (!this.#source.isShared && this.#upTo >= block.end && this.#ended() === undefined) {
      writeBlockHeads(block, this.#transfer);
      this.#target.send(block.framed);
      // Where the socket takes all of it the next one need not wait for the end of the tick.
      this.#target.queue.flush();
      return undefined;
    }
    let at = block.position;
    for (const piece of block.pieces) {
      const ended = await this.#sendPiece(piece, at);
      if (ended !== undefined) return ended;
      at += piece.length;
    }
    return undefined;
  }

  /** Sends a piece as far as the credit goes, and the rest of it when there is more. */
  async #sendPiece(piece: Uint8Array, offset: number): Promise<"gone" | "stalled" | "stopped" | undefined> {
    for (let from = 0; from < piece.length;) {
      const ended = await this.#untilAllowed(offset + from + 1);
      if (ended !== undefined) return ended;
      const to = Math.min(piece.length, this.#upTo - offset);
      this.#target.send(encodeChunk(this.#transfer, offset + from, piece.subarray(from, to)));
      from = to;
      // One piece waits for each of many receivers, and no more.
      await this.#untilWritten();
    }
    return undefined;
  }

  async #untilWritten(): Promise<void> {
    if (this.#target.queue.queuedBytes > 0) await this.#target.whenEmpty();
  }

  async #untilAllowed(offset: number): Promise<"gone" | "stalled" | "stopped" | undefined> {
    for (;;) {
      const ended = this.#ended();
      if (ended !== undefined || offset <= this.#upTo) return ended;
      const woken = Promise.withResolvers<void>();
      this.#wake = woken.resolve;
      const timer = setTimeout(woken.resolve, this.#stallMs);
      const before = this.#upTo;
      await woken.promise;
      clearTimeout(timer);
      if (this.#upTo === before && !this.#isStopped) return this.#target.isOpen ? "stalled" : "gone";
    }
  }

  #ended(): "gone" | "stopped" | undefined {
    if (this.#isStopped) return "stopped";
    return !this.#target.isOpen || this.#target.isGone ? "gone" : undefined;
  }
}
