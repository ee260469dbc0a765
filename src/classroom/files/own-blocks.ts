/**
 * Blocks of a file that goes to one receiver. Several are read and hashed at once, into one of two buffers; while they
 * are sent the next are read into the other.
 */
import {
  blockBytes,
  framedBytes,
  layOutBlock,
  type Block,
  type BlockSource,
} from "../protocol/v2/chunk-block.ts";
import { BlockHash } from "./block-hash.ts";
import type { BlockFile } from "./block-file.ts";

/** Blocks that lie behind each other in the file. */
interface Stretch {
  position: number;
  end: number;
  blocks: Block[];
  pieces: Uint8Array[];
}

export class OwnBlocks implements BlockSource {
  readonly isShared = false;
  readonly size: number;
  #file: BlockFile;
  #hash: BlockHash;
  #buffers: Uint8Array[] = [];
  #blocksAtOnce: number;
  /** The one that blocks are taken of now, and what is read meanwhile. */
  #current: Stretch | undefined;
  #next: { position: number; stretch: Promise<Stretch> } | undefined;

  /**
   * @param sha256 where it is known already
   * @param blocksAtOnce are read and hashed in one go: quicker, and it takes twice as much memory
   */
  constructor(
    file: BlockFile,
    { sha256, blocksAtOnce = 1 }: { sha256?: string; blocksAtOnce?: number } = {},
  ) {
    this.#file = file;
    this.#blocksAtOnce = blocksAtOnce;
    this.size = file.size;
    this.#hash = new BlockHash(file.size, (position) => this.block(position), sha256);
  }

  async block(position: number): Promise<Block> {
    const known = this.#current?.blocks.find((block) => block.position === position);
    if (known !== undefined) {
      // The one before it is sent by now, and with it all of the other buffer.
      this.#readAhead();
      return known;
    }
    const ahead = this.#next;
    this.#next = undefined;
    const stretch = ahead?.position === position ? ahead.stretch : this.#read(position, ahead?.stretch);
    this.#current = await stretch;
    return this.#current.blocks[0]!;
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

  #readAhead(): void {
    const { end } = this.#current!;
    if (this.#next !== undefined || end >= this.size) return;
    const stretch = this.#read(end);
    // Where it cannot be read, who asks for it is told.
    stretch.catch(() => {});
    this.#next = { position: end, stretch };
  }

  /** @param before whose buffer is used once more */
  async #read(position: number, before?: Promise<Stretch>): Promise<Stretch> {
    await before?.catch(() => {});
    const stretch = this.#layOut(position);
    const { end } = stretch;
    if ((await this.#hash.readAndTake(this.#file, stretch)) < end - position)
      throw new Error("the file is shorter than it was");
    return stretch;
  }

  #layOut(position: number): Stretch {
    const room = framedBytes(Math.min(this.size, this.#blocksAtOnce * blockBytes));
    // Shared with the thread that hashes.
    const buffer =
      this.#buffers.length < 2 ? new Uint8Array(new SharedArrayBuffer(room)) : this.#buffers.shift()!;
    this.#buffers.push(buffer);
    const blocks: Block[] = [];
    let end = position;
    for (let at = 0; at < room && end < this.size; at += framedBytes(blockBytes)) {
      const block = layOutBlock(end, this.size, buffer.subarray(at));
      blocks.push(block);
      ({ end } = block);
    }
    return { position, end, blocks, pieces: blocks.flatMap(({ pieces }) => pieces) };
  }
}
