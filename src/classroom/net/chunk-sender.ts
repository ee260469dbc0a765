/**
 * The sending side of one transfer of the second protocol (PROTOCOL.md §10): chunks as far as the credit goes, and
 * no more of them waiting than a little, so that chat that is said meanwhile is not behind a file.
 */
import { createHash } from "node:crypto";
import type { RawSource } from "../protocol/raw-file.ts";
import { encodeChunk } from "../protocol/v2/chunk.ts";
import type { Connection } from "./connection.ts";
import { chunkBytes, chunkReadBytes, maxQueuedChunkBytes, rawStallMs } from "./limits.ts";

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
  #source: RawSource;
  #stallMs: number;
  #upTo = 0;
  #isStopped = false;
  #wake: (() => void) | undefined;

  constructor(target: ChunkTarget, transfer: number, source: RawSource, stallMs = rawStallMs) {
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
    const hash = createHash("sha256");
    let at = 0;
    let next = size > 0 ? this.#read() : undefined;
    while (at < size) {
      const piece = await next;
      if (piece === undefined || piece.length === 0) return { kind: "failed" };
      // The next piece is read while this one is sent.
      next = at + piece.length < size ? this.#read() : undefined;
      const data = at + piece.length > size ? piece.subarray(0, size - at) : piece;
      hash.update(data);
      const ended = await this.#sendPiece(data, at, Math.max(0, offset - at));
      if (ended !== undefined) {
        await next;
        return { kind: ended };
      }
      at += data.length;
      progress?.(at);
    }
    return { kind: "sent", sha256: hash.digest("hex") };
  }

  async #sendPiece(
    data: Uint8Array,
    at: number,
    skip: number,
  ): Promise<"gone" | "stalled" | "stopped" | undefined> {
    for (let from = skip; from < data.length;) {
      const to = Math.min(data.length, from + chunkBytes);
      const ended = await this.#untilAllowed(at + to);
      if (ended !== undefined) return ended;
      this.#target.send(encodeChunk(this.#transfer, at + from, data.subarray(from, to)));
      from = to;
      if (this.#target.queue.queuedBytes > maxQueuedChunkBytes) await this.#target.whenEmpty();
    }
    return undefined;
  }

  async #untilAllowed(offset: number): Promise<"gone" | "stalled" | "stopped" | undefined> {
    for (;;) {
      if (this.#isStopped) return "stopped";
      if (!this.#target.isOpen || this.#target.isGone) return "gone";
      if (offset <= this.#upTo) return undefined;
      const woken = Promise.withResolvers<void>();
      this.#wake = woken.resolve;
      const timer = setTimeout(woken.resolve, this.#stallMs);
      const before = this.#upTo;
      await woken.promise;
      clearTimeout(timer);
      if (this.#upTo === before && !this.#isStopped) return this.#target.isOpen ? "stalled" : "gone";
    }
  }

  /** @returns undefined where it cannot be read */
  async #read(): Promise<Uint8Array | undefined> {
    try {
      return await this.#source.read(chunkReadBytes);
    } catch {
      return undefined;
    }
  }
}
