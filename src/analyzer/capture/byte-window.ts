/**
 * The part of a byte source that is in memory: readers take whole packets from it, and only the tail that no
 * packet could be made of is moved when more is read.
 */
import { maxBlockBytes, windowBytes } from "../limits.ts";
import type { ByteSource } from "./byte-source.ts";

export class ByteWindow {
  bytes: Uint8Array;
  view: DataView;
  /** Where `bytes` begins in the source, counted in bytes. */
  position = 0;
  /** The first byte that has not been taken. */
  start = 0;
  /** One past the last byte that was read. */
  end = 0;
  /** Bytes to pass over that have not been read yet. */
  private toSkip = 0;
  private readonly source: ByteSource;

  constructor(source: ByteSource, size = windowBytes) {
    this.source = source;
    this.bytes = new Uint8Array(size);
    this.view = new DataView(this.bytes.buffer);
  }

  /** Bytes that can be taken now. */
  get available(): number {
    return this.end - this.start;
  }

  /** Passes over `length` bytes, also those that have not been read yet. */
  skip(length: number): void {
    const here = Math.min(length, this.available);
    this.start += here;
    this.toSkip += length - here;
  }

  /**
   * Reads more, after moving the tail to the front.
   * @param room bytes the next thing to take needs; the window grows to it, up to `maxBlockBytes`
   * @returns false at the end of the source
   */
  async fill(room = 0): Promise<boolean> {
    this.bytes.copyWithin(0, this.start, this.end);
    this.position += this.start;
    this.end -= this.start;
    this.start = 0;
    if (room > this.bytes.length) this.grow(Math.min(room, maxBlockBytes));
    for (;;) {
      const length = await this.source.read(this.bytes.subarray(this.end));
      if (length === 0) return false;
      // Only an empty window has something to pass over, so the bytes read are the first ones.
      if (this.toSkip < length) {
        this.start = this.toSkip;
        this.end += length;
        this.toSkip = 0;
        return true;
      }
      this.toSkip -= length;
      this.position += length;
    }
  }

  /** Whether the source ended inside bytes that were to be passed over. */
  get endsInSkip(): boolean {
    return this.toSkip > 0;
  }

  private grow(size: number): void {
    const larger = new Uint8Array(size);
    larger.set(this.bytes.subarray(0, this.end));
    this.bytes = larger;
    this.view = new DataView(larger.buffer);
  }
}
