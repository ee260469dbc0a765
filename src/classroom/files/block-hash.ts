/** The hash of a file whose blocks are read, in whatever order that is. */
import { startHash, type FileHash } from "../../lib/file-hash.ts";
import type { BlockFile } from "./block-file.ts";
import type { Block } from "../protocol/v2/chunk-block.ts";

type Stretch = Pick<Block, "position" | "pieces">;

export class BlockHash {
  #hash: FileHash;
  #size: number;
  #read: (position: number) => Promise<Stretch>;
  #hashed = 0;
  #sha256: Promise<string> | undefined;

  /**
   * @param read gives what was not hashed yet
   * @param sha256 where it is known already
   */
  constructor(size: number, read: (position: number) => Promise<Stretch>, sha256?: string) {
    this.#size = size;
    this.#read = read;
    this.#hash = startHash(size);
    if (sha256 !== undefined) this.#sha256 = Promise.resolve(sha256);
  }

  /** Takes what was read, where it is the next; it must stay as it is until this resolves. */
  async take({ position, pieces }: Stretch): Promise<void> {
    if (!this.#isNext(position)) return;
    for (const { length } of pieces) this.#hashed += length;
    await this.#hash.update(pieces);
  }

  /** Reads a stretch, and takes it. @returns bytes read, fewer only at the end of the file */
  async readAndTake(file: BlockFile, { position, pieces }: Stretch): Promise<number> {
    if (file.descriptor === undefined || this.#hash.read === undefined || !this.#isNext(position)) {
      const bytes = await file.readAt(pieces, position);
      await this.take({ position, pieces });
      return bytes;
    }
    for (const { length } of pieces) this.#hashed += length;
    return this.#hash.read(file.descriptor, position, pieces);
  }

  /** Reads and hashes what is in front of `position` and was not. */
  async upTo(position: number): Promise<void> {
    while (this.#sha256 === undefined && this.#hashed < position) {
      // Meanwhile another may have hashed it: then `take` passes it over.
      await this.take(await this.#read(this.#hashed));
    }
  }

  async digest(): Promise<string> {
    await this.upTo(this.#size);
    this.#sha256 ??= this.#hash.digest();
    return this.#sha256;
  }

  #isNext(position: number): boolean {
    return position === this.#hashed && this.#sha256 === undefined;
  }

  /** Nobody wants to know it any more. */
  close(): void {
    this.#hash.forget();
  }
}
