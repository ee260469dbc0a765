/**
 * A bounded table from keys to records, for what is known about each host, pair or shape: one line of the
 * cache each. Keys are 64-bit hashes, in two halves.
 *
 *     float 0   1         2 …                          the last two
 *     | time  | packets | other sums, then the owner's | stamp, countdown, two words of codes |
 *
 * Sums forget: each amount added counts exp(-age / time constant). They are brought to the time when the owner
 * asks for it, not as time passes.
 *
 * Records lie in buckets of eight, and a key only ever in the bucket that its hash names, so that finding one
 * looks at eight places whatever else is there. Where a new key finds its bucket full, the record that was
 * least active there gives way and is counted: a flood of invented sources drives out its own, not the hosts
 * at work.
 */
const bucketRecords = 8;

/** The high half of the key of zeros, which marks empty places. */
const insteadOfZero = 0x5bd1e995;

/** Three times the time constant a record's activity lasts against others that want its place. */
const activitySpan = 3;

/** Floats of a record that its owner finds by these names. */
export const recordFloat = { time: 0, packets: 1 } as const;

/** Words counted from the end of a record. */
const wordsFromEnd = { stamp: 4, countdown: 3, codes: 2, moreCodes: 1 } as const;

export interface RecordShape {
  /** A power of two, at least 8. */
  records: number;
  /** Sums that are forgotten, `packets` among them: floats 1 to `sums`. */
  sums: number;
  /** Floats of a record: 8 are a line of the cache. */
  floats: number;
  /** Seconds after which what is summed counts 1/e. */
  timeConstant: number;
}

export class ContextRecords {
  /** All records, as floats and as words of the same bytes. */
  readonly floats: Float64Array;
  readonly words: Int32Array;
  /** High and low half of each record's key, side by side: a bucket is one line of the cache. */
  readonly keys: Int32Array;
  /** Floats and words of a record. */
  readonly stride: number;
  readonly wordStride: number;
  /** Places in a record, in words. */
  readonly stamp: number;
  readonly countdown: number;
  readonly codes: number;
  readonly moreCodes: number;
  /** Records held, and those that had to give way. */
  size = 0;
  evicted = 0;
  /** Whether the last `touch` placed a new record. */
  isFresh = false;
  private readonly shape: RecordShape;
  private stamps = 0;

  constructor(shape: RecordShape) {
    const { records, floats } = shape;
    if (records < bucketRecords || Math.log2(records) % 1 !== 0)
      throw new RangeError(`The records of a table must be a power of two from 8 on, not ${records}.`);
    this.shape = shape;
    this.stride = floats;
    this.wordStride = floats * 2;
    this.stamp = this.wordStride - wordsFromEnd.stamp;
    this.countdown = this.wordStride - wordsFromEnd.countdown;
    this.codes = this.wordStride - wordsFromEnd.codes;
    this.moreCodes = this.wordStride - wordsFromEnd.moreCodes;
    this.floats = new Float64Array(records * floats);
    this.words = new Int32Array(this.floats.buffer);
    this.keys = new Int32Array(2 * records);
  }

  /** The key's record, or -1. */
  find(high: number, low: number): number {
    const { keys } = this;
    const wanted = high === 0 && low === 0 ? insteadOfZero : high;
    const start = this.bucketOf(low);
    for (let record = start; record < start + bucketRecords; record++)
      if (keys[2 * record] === wanted && keys[2 * record + 1] === low) return record;
    return -1;
  }

  /** The key's record, which it gets now if it had none: empty, as of `time` (seconds), to be looked at. */
  touch(high: number, low: number, time: number): number {
    const found = this.find(high, low);
    this.isFresh = found < 0;
    return found < 0 ? this.place(high, low, time) : found;
  }

  /** Whether a record is still the one that had this stamp. */
  holds(record: number, stamp: number): boolean {
    return this.words[record * this.wordStride + this.stamp] === stamp;
  }

  stampOf(record: number): number {
    return this.words[record * this.wordStride + this.stamp]!;
  }

  /**
   * Whether it is time to look at a record again, when its sums have grown by a sixth or time has passed.
   * @param packets that are counted now
   */
  isDue(record: number, packets: number, time: number): boolean {
    const countdown = record * this.wordStride + this.countdown;
    const left = this.words[countdown]! - packets;
    this.words[countdown] = left;
    return left < 0 || time - this.floats[record * this.stride]! > this.shape.timeConstant / 20;
  }

  /** Packets that may come before it is due. */
  left(record: number): number {
    return this.words[record * this.wordStride + this.countdown]!;
  }

  /** Makes the record due with its next packet. */
  expire(record: number): void {
    this.words[record * this.wordStride + this.countdown] = 0;
  }

  /** Brings the sums to `time`; an earlier time changes nothing, as captures run backwards. */
  advance(record: number, time: number): void {
    const { floats } = this;
    const at = record * this.stride;
    const passed = time - floats[at]!;
    if (passed > 0) {
      floats[at] = time;
      const kept = Math.exp(-passed / this.shape.timeConstant);
      for (let sum = at + 1; sum <= at + this.shape.sums; sum++) floats[sum]! *= kept;
    }
    this.words[record * this.wordStride + this.countdown] = floats[at + recordFloat.packets]! / 6;
  }

  private place(high: number, low: number, time: number): number {
    const { keys, floats, stride, wordStride } = this;
    const record = this.leastActive(this.bucketOf(low), time);
    if (keys[2 * record] === 0 && keys[2 * record + 1] === 0) this.size++;
    else this.evicted++;
    keys[2 * record] = high === 0 && low === 0 ? insteadOfZero : high;
    keys[2 * record + 1] = low;
    for (let place = record * stride; place < (record + 1) * stride; place++) floats[place] = 0;
    floats[record * stride] = time;
    this.stamps = (this.stamps + 1) | 0;
    this.words[record * wordStride + this.stamp] = this.stamps;
    return record;
  }

  private leastActive(start: number, time: number): number {
    const { keys, floats, stride } = this;
    const span = activitySpan * this.shape.timeConstant;
    let least = start;
    let activity = Number.POSITIVE_INFINITY;
    for (let record = start; record < start + bucketRecords; record++) {
      if (keys[2 * record] === 0 && keys[2 * record + 1] === 0) return record;
      const at = record * stride;
      const own = floats[at + recordFloat.packets]! * Math.exp((floats[at]! - time) / span);
      if (own >= activity) continue;
      activity = own;
      least = record;
    }
    return least;
  }

  private bucketOf(low: number): number {
    return (low & (this.keys.length / 2 / bucketRecords - 1)) * bucketRecords;
  }
}
