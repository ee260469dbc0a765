/**
 * The bytes of stored packets, one after the other or any of them. It reads ahead, and what it has read is used
 * until it is told to forget it.
 */
import { pseudoHeaderBytes } from "../capture/link-types.ts";
import type { ByteKeeper } from "./byte-keeper.ts";
import type { StoreChunk } from "./store-chunk.ts";

export class PacketReader {
  private readonly keeper: ByteKeeper;
  private readonly aheadBytes: number;
  private readonly stripsFront: boolean;
  private window = new Uint8Array(0);
  private view = new DataView(this.window.buffer);
  private from = 0;
  private until = 0;

  /**
   * @param aheadBytes bytes that are read at once, where more than one packet is wanted
   * @param stripsFront whether the source took pseudo headers off its packets
   */
  constructor(keeper: ByteKeeper, aheadBytes: number, stripsFront: boolean) {
    this.keeper = keeper;
    this.aheadBytes = aheadBytes;
    this.stripsFront = stripsFront;
  }

  /** Reads anew from now on. Bytes that were given stay what they are until the next ones are asked for. */
  forget(): void {
    this.until = this.from;
  }

  /** Bytes of its pseudo header that stand before the packet, and are its own in a capture file. */
  frontOf(chunk: StoreChunk, row: number): number {
    const isThere = this.stripsFront && chunk.captured[row]! > 0;
    return isThere ? pseudoHeaderBytes(chunk.linkType[row]!) : 0;
  }

  /**
   * The captured bytes of the packet in `row`, or why there are none, as a sentence.
   * @param front bytes to give that stand before it
   */
  bytesOf(chunk: StoreChunk, row: number, front = 0): Uint8Array<ArrayBuffer> | string {
    const captured = chunk.captured[row]!;
    if (captured === 0) return new Uint8Array(0);
    const place = chunk.place[row]!;
    if (Number.isNaN(place)) return "They were not kept.";
    const { before } = this.keeper;
    const isRead = place - before >= this.from && place + captured <= this.until;
    if (!isRead) {
      const problem = this.keeper.problemAt(place) ?? this.read(place - before, before + captured);
      if (problem !== undefined) return problem;
    }
    const at = place - this.from;
    const own = this.frontOf(chunk, row);
    const expected = {
      captured: captured + own,
      wire: chunk.wire[row]! + own,
      seconds: chunk.seconds[row]!,
    };
    if (!this.keeper.isSame(this.view, at - own, expected))
      return "Something else stands in their place: the file was changed after it was read.";
    return this.window.subarray(at - front, at + captured);
  }

  private read(from: number, length: number): string | undefined {
    const wanted = Math.max(length, this.aheadBytes);
    if (this.window.length < wanted) {
      this.window = new Uint8Array(wanted);
      this.view = new DataView(this.window.buffer);
    }
    // What stands before the first byte of a file is never looked at.
    const skipped = Math.max(0, -from);
    const into = this.window.subarray(skipped, wanted);
    this.from = from;
    this.until = from + skipped + this.keeper.copy(from + skipped, into);
    return this.until < from + length ? "The file ends before them." : undefined;
  }
}
