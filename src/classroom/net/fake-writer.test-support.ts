/** Stands for a socket in tests: takes as many bytes as it has room for, and remembers how it was written to. */
import type { ByteWriter } from "./send-queue.ts";

export class FakeWriter implements ByteWriter {
  /** Bytes it takes before it is full; -1 where it is closed. */
  room = Number.POSITIVE_INFINITY;
  /** Calls of `write`. */
  writes = 0;
  /** Written to although it had not said that there is room again. */
  writtenWhileFull = 0;
  #isFull = false;
  #chunks: Buffer[] = [];

  write(bytes: Uint8Array, start: number, length: number): number {
    this.writes++;
    if (this.#isFull) this.writtenWhileFull++;
    if (this.room < 0) return -1;
    const taken = Math.min(length, this.room);
    this.room -= taken;
    if (taken < length) this.#isFull = true;
    // A copy: a log that is written to once more must not change what was taken.
    this.#chunks.push(Buffer.from(bytes.subarray(start, start + taken)));
    return taken;
  }

  /** Has room for so many bytes more; the caller tells the queue. */
  drain(bytes: number): void {
    if (this.room >= 0) this.room += bytes;
    this.#isFull = false;
  }

  /** All that was taken, as Latin-1. */
  get text(): string {
    return Buffer.concat(this.#chunks).toString("latin1");
  }
}
