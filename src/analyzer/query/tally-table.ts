/**
 * Records of what went between two addresses, or through one: 64 bytes each, in typed arrays that grow.
 *
 *     word 0     1   2   3       4                5    6      7         float 4    5          6       7
 *     | number | a | b | ports | score, transport | up | down | flagged | bytes up | bytes down | first | last |
 */
import { scoreUnits } from "../store/store-chunk.ts";

export const tallyStride = 16;

/** Places of words in a record. */
export const tallyWord = {
  /** A flow's number; the flows of a conversation; the peers of a host. */
  number: 0,
  /** Ids of addresses: the first packet's source, the lower one of a conversation, that of a host. */
  a: 1,
  b: 2,
  /** The first packet's source port << 16 | destination port. */
  ports: 3,
  /** The highest score + 1, 0 where none was judged; from bit 16 on the IP protocol number. */
  score: 4,
  /** Packets from a to b, of hosts those out; and back. */
  up: 5,
  down: 6,
  flagged: 7,
} as const;

/** Places of floats in a record, counted in floats. Times are seconds of a `TrafficClock`. */
export const tallyFloat = { bytesUp: 4, bytesDown: 5, first: 6, last: 7 } as const;

export class TallyTable {
  count = 0;
  /** Records as words and as floats. Both change when the table grows. */
  words = new Uint32Array(256 * tallyStride);
  floats = new Float64Array(this.words.buffer);

  /** Forgets all records, and keeps the room for them. */
  clear(): void {
    this.count = 0;
  }

  /** Makes a record of nothing yet. @returns its number, counted from 0 */
  make(number: number, a: number, b: number, ports: number, transport: number): number {
    const at = this.count * tallyStride;
    if (at === this.words.length) this.grow();
    const { words, floats } = this;
    for (let i = 0; i < tallyStride; i++) words[at + i] = 0;
    words[at + tallyWord.number] = number;
    words[at + tallyWord.a] = a;
    words[at + tallyWord.b] = b;
    words[at + tallyWord.ports] = ports;
    words[at + tallyWord.score] = transport << 16;
    floats[at / 2 + tallyFloat.first] = Number.NaN;
    floats[at / 2 + tallyFloat.last] = Number.NaN;
    return this.count++;
  }

  /** Adds record `from` of another table to record `i`. @param swapped whether what is up there is down here */
  join(i: number, other: TallyTable, from: number, swapped: boolean): void {
    const { words, floats } = this;
    const at = i * tallyStride;
    const half = at / 2;
    const otherAt = from * tallyStride;
    const side = swapped ? 1 : 0;
    words[at + tallyWord.up]! += other.words[otherAt + tallyWord.up + side]!;
    words[at + tallyWord.down]! += other.words[otherAt + tallyWord.down - side]!;
    words[at + tallyWord.flagged]! += other.words[otherAt + tallyWord.flagged]!;
    const score = other.words[otherAt + tallyWord.score]! & 0xffff;
    if (score > (words[at + tallyWord.score]! & 0xffff))
      words[at + tallyWord.score] = (words[at + tallyWord.score]! & ~0xffff) | score;
    floats[half + tallyFloat.bytesUp]! += other.floats[otherAt / 2 + tallyFloat.bytesUp + side]!;
    floats[half + tallyFloat.bytesDown]! += other.floats[otherAt / 2 + tallyFloat.bytesDown - side]!;
    const first = other.floats[otherAt / 2 + tallyFloat.first]!;
    const last = other.floats[otherAt / 2 + tallyFloat.last]!;
    // Packets without times say nothing.
    if (Number.isNaN(first)) return;
    if (!(floats[half + tallyFloat.first]! <= first)) floats[half + tallyFloat.first] = first;
    if (!(floats[half + tallyFloat.last]! >= last)) floats[half + tallyFloat.last] = last;
  }

  /** Packets both ways. */
  packetsOf(i: number): number {
    const at = i * tallyStride;
    return this.words[at + tallyWord.up]! + this.words[at + tallyWord.down]!;
  }

  /** Bytes both ways. */
  bytesOf(i: number): number {
    const half = (i * tallyStride) / 2;
    return this.floats[half + tallyFloat.bytesUp]! + this.floats[half + tallyFloat.bytesDown]!;
  }

  /** The highest score, 0 to 1; null where none was judged. */
  scoreOf(i: number): number | null {
    const score = this.words[i * tallyStride + tallyWord.score]! & 0xffff;
    return score === 0 ? null : (score - 1) / scoreUnits;
  }

  transportOf(i: number): number {
    return this.words[i * tallyStride + tallyWord.score]! >>> 16;
  }

  private grow(): void {
    const words = new Uint32Array(this.words.length * 4);
    words.set(this.words);
    this.words = words;
    this.floats = new Float64Array(words.buffer);
  }
}
