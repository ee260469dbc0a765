/** The hash of a file whose blocks are read, in whatever order that is. */
import { createHash, type Hash } from "node:crypto";
import type { Block } from "../protocol/v2/chunk-block.ts";

export class BlockHash {
  #hash: Hash = createHash("sha256");
  #size: number;
  #read: (position: number) => Promise<Block>;
  #hashed = 0;
  #sha256: string | undefined;

  /**
   * @param read gives what was not hashed yet
   * @param sha256 where it is known already
   */
  constructor(size: number, read: (position: number) => Promise<Block>, sha256?: string) {
    this.#size = size;
    this.#read = read;
    this.#sha256 = sha256;
  }

  /** Takes a block that was read, where it is the next one. */
  take({ position, pieces }: Block): void {
    if (position !== this.#hashed || this.#sha256 !== undefined) return;
    for (const piece of pieces) {
      this.#hash.update(piece);
      this.#hashed += piece.length;
    }
  }

  /** Reads and hashes what is in front of `position` and was not. */
  async upTo(position: number): Promise<void> {
    while (this.#sha256 === undefined && this.#hashed < position) {
      // Meanwhile another may have hashed it: then `take` passes it over.
      this.take(await this.#read(this.#hashed));
    }
  }

  async digest(): Promise<string> {
    await this.upTo(this.#size);
    this.#sha256 ??= this.#hash.digest("hex");
    return this.#sha256;
  }
}
