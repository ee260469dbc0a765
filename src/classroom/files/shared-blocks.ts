/**
 * Blocks of a file that goes to many at once: whoever is ahead reads a block, the others find it here. Only the last
 * blocks are kept; who is behind them reads again, and holds nobody up.
 */
import {
  blockBytes,
  framedBytes,
  layOutBlock,
  type Block,
  type BlockSource,
} from "../protocol/v2/chunk-block.ts";
import { BlockHash } from "./block-hash.ts";
import { readBlock, type BlockFile } from "./block-file.ts";
import { sharedWindowBytes } from "./limits.ts";

export class SharedBlocks implements BlockSource {
  readonly isShared = true;
  readonly size: number;
  /** Blocks that were read again for somebody who was far behind. */
  repeatedReads = 0;
  #file: BlockFile;
  #hash: BlockHash;
  #blocks = new Map<number, Promise<Block>>();
  /** Where the block ends that is furthest in the file. */
  #front = 0;

  /** @param sha256 where it is known already */
  constructor(file: BlockFile, sha256?: string) {
    this.#file = file;
    this.size = file.size;
    this.#hash = new BlockHash(file.size, (position) => this.block(position), sha256);
  }

  block(position: number): Promise<Block> {
    const kept = this.#blocks.get(position);
    if (kept !== undefined) return kept;
    if (position < this.#front) this.repeatedReads++;
    const read = this.#read(position);
    if (position % blockBytes === 0 && position + sharedWindowBytes > this.#front) this.#keep(position, read);
    return read;
  }

  hashTo(position: number): Promise<void> {
    return this.#hash.upTo(position);
  }

  sha256(): Promise<string> {
    return this.#hash.digest();
  }

  close(): void {
    this.#hash.close();
  }

  async #read(position: number): Promise<Block> {
    // Shared with the thread that hashes.
    const room = new SharedArrayBuffer(framedBytes(Math.min(blockBytes, this.size - position)));
    const block = layOutBlock(position, this.size, new Uint8Array(room));
    await readBlock(this.#file, block);
    await this.#hash.take(block);
    return block;
  }

  #keep(position: number, read: Promise<Block>): void {
    this.#blocks.set(position, read);
    this.#front = Math.max(this.#front, position + blockBytes);
    for (const old of this.#blocks.keys())
      if (old + sharedWindowBytes < this.#front) this.#blocks.delete(old);
  }
}
