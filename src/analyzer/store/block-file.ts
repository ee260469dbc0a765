/**
 * A ring of blocks in one file, written by another thread while the next block is filled: one at a time, since
 * more threads would take the processors from whoever captures. A block is found in memory until it is on disk;
 * one that the disk refuses stays in memory, and then no further one is taken.
 */
import { closeSync, readSync, write, writeSync } from "node:fs";
import { reasonOf } from "../../lib/errors.ts";
import { maxBlocksInMemory } from "../limits.ts";
import type { PrivateFile } from "./private-file.ts";

export interface Block {
  /** Counted from the first one on; it lies at `index` modulo the blocks of the file. */
  index: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Bytes of it that are filled. */
  used: number;
  /** It is gone when it is on disk. */
  readonly isCopy?: true;
}

export class BlockFile {
  readonly blocks: number;
  readonly blockBytes: number;
  /** Why nothing more can be written. */
  problem: string | undefined;
  private readonly made: PrivateFile;
  private readonly waiting: Block[] = [];
  private readonly free: Block[] = [];
  private inMemory = 0;
  private inFlight = false;
  private wake = (): void => {};
  private isClosed = false;

  constructor(made: PrivateFile, blocks: number, blockBytes: number) {
    this.made = made;
    this.blocks = blocks;
    this.blockBytes = blockBytes;
  }

  get isWriting(): boolean {
    return this.inFlight;
  }

  /** An empty block, or undefined while none is free. */
  take(index: number): Block | undefined {
    const block = this.free.pop() ?? this.allocate();
    if (block !== undefined) block.index = index;
    return block;
  }

  /** Writes a block soon; it is free when that is done. */
  writeSoon(block: Block): void {
    this.waiting.push(block);
    if (!this.inFlight) this.writeFrom(block, 0);
  }

  /**
   * Writes a block at once, and leaves it to the caller. Where an older one is being written to its place, a copy of
   * it is written behind that one.
   * @returns whether that went well
   */
  writeNow(block: Block): boolean {
    this.dropWaiting(block);
    const [writing] = this.waiting;
    if (writing !== undefined && this.offsetOf(writing) === this.offsetOf(block)) {
      this.waiting.push({ ...block, bytes: block.bytes.slice(), isCopy: true });
      return true;
    }
    try {
      for (let done = 0; done < block.used;)
        done += writeSync(this.made.file, block.bytes, done, block.used - done, this.offsetOf(block) + done);
      return true;
    } catch (error) {
      this.problem = reasonOf(error);
      return false;
    }
  }

  /** Copies bytes of block `index`, of which `from` is the first. @returns how many */
  copy(index: number, from: number, into: Uint8Array): number {
    const block = this.waiting.find((waiting) => waiting.index === index);
    if (block !== undefined) return copyBlock(block, from, into);
    if (this.isClosed) return 0;
    try {
      const length = Math.min(into.length, this.blockBytes - from);
      return readSync(this.made.file, into, 0, length, (index % this.blocks) * this.blockBytes + from);
    } catch {
      return 0;
    }
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    this.problem ??= "the capture was closed";
    while (this.inFlight) await new Promise<void>((resolve) => (this.wake = resolve));
    closeSync(this.made.file);
    this.made.remove();
  }

  /** What waits for the place of a newer block, and is not being written yet, is never written. */
  private dropWaiting(newer: Block): void {
    for (let i = this.waiting.length - 1; i >= 1; i--) {
      const block = this.waiting[i]!;
      if (this.offsetOf(block) === this.offsetOf(newer)) this.giveBack(this.waiting.splice(i, 1)[0]!);
    }
  }

  private giveBack(block: Block): void {
    if (block.isCopy !== true) this.free.push(block);
  }

  private allocate(): Block | undefined {
    if (this.inMemory === maxBlocksInMemory) return undefined;
    this.inMemory++;
    return { index: 0, bytes: new Uint8Array(this.blockBytes), used: 0 };
  }

  private writeFrom(block: Block, done: number): void {
    const { file } = this.made;
    this.inFlight = true;
    write(file, block.bytes, done, block.used - done, this.offsetOf(block) + done, (error, written) => {
      this.inFlight = false;
      if (error) this.problem = reasonOf(error);
      else if (done + written < block.used) this.writeFrom(block, done + written);
      else this.release();
      this.wake();
    });
  }

  /** The oldest block is on disk. */
  private release(): void {
    this.giveBack(this.waiting.shift()!);
    const next = this.waiting[0];
    if (next !== undefined && !this.isClosed) this.writeFrom(next, 0);
  }

  private offsetOf({ index }: Block): number {
    return (index % this.blocks) * this.blockBytes;
  }
}

/** Copies what is filled of a block from `from` on. @returns how many bytes */
export function copyBlock({ bytes, used }: Block, from: number, into: Uint8Array): number {
  const length = Math.max(0, Math.min(into.length, used - from));
  into.set(bytes.subarray(from, from + length));
  return length;
}
