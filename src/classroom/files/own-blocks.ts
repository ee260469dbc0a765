/** Blocks of a file that goes to one receiver: in two buffers by turns. */
import { layOutBlock, type Block, type BlockSource } from "../protocol/v2/chunk-block.ts";
import { BlockHash } from "./block-hash.ts";
import { readBlock, type BlockFile } from "./block-file.ts";

export class OwnBlocks implements BlockSource {
  readonly isShared = false;
  readonly size: number;
  #file: BlockFile;
  #hash: BlockHash;
  #buffers: [Uint8Array, Uint8Array] = [new Uint8Array(0), new Uint8Array(0)];

  /** @param sha256 where it is known already */
  constructor(file: BlockFile, sha256?: string) {
    this.#file = file;
    this.size = file.size;
    this.#hash = new BlockHash(file.size, (position) => this.block(position), sha256);
  }

  async block(position: number): Promise<Block> {
    const [next, other] = this.#buffers;
    const block = layOutBlock(position, this.size, next);
    this.#buffers = [other, block.framed.length > next.length ? block.framed : next];
    await readBlock(this.#file, block);
    this.#hash.take(block);
    return block;
  }

  hashTo(position: number): Promise<void> {
    return this.#hash.upTo(position);
  }

  sha256(): Promise<string> {
    return this.#hash.digest();
  }
}
