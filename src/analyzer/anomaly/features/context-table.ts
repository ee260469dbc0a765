/**
 * A bounded table from keys to slots, for what is known about each host, pair or flow: whoever keeps columns
 * of numbers beside it finds a context's row by its slot. Keys are 64-bit hashes, in two halves.
 *
 * Slots lie in buckets of eight, and a key only ever in the bucket that its hash names, so that finding one
 * looks at eight places whatever else is there. Where a new key finds its bucket full, the least active one
 * there gives way and is counted: a flood of invented sources drives out its own, not the hosts at work.
 *
 * Activity is the number of touches, each forgotten with `timeConstant`. It is kept as the logarithm of
 * sum(exp(time / timeConstant)), which needs no update as time passes and compares at any time alike
 * (forward decay: Cormode, Shkapenyuk, Srivastava and Xu 2009).
 */
const bucketSlots = 8;

export class ContextTable {
  /** Contexts held. */
  size = 0;
  /** Contexts that had to give way. */
  evicted = 0;
  /** Whether the last `touch` placed a new context: what stands in the slot's row is another's then. */
  isFresh = false;
  private readonly timeConstant: number;
  private readonly highs: Int32Array;
  private readonly lows: Int32Array;
  /** The logarithm of the activity; -Infinity in an empty slot. */
  private readonly activity: Float64Array;

  /**
   * @param slots a power of two, at least 8
   * @param timeConstant seconds after which a touch counts 1/e
   */
  constructor(slots: number, timeConstant: number) {
    if (slots < bucketSlots || Math.log2(slots) % 1 !== 0)
      throw new RangeError(`The slots of a table must be a power of two from 8 on, not ${slots}.`);
    this.timeConstant = timeConstant;
    this.highs = new Int32Array(slots);
    this.lows = new Int32Array(slots);
    this.activity = new Float64Array(slots).fill(Number.NEGATIVE_INFINITY);
  }

  get slots(): number {
    return this.highs.length;
  }

  /** The key's slot, or -1. */
  find(high: number, low: number): number {
    const { highs, lows, activity } = this;
    const start = this.bucketOf(low);
    for (let slot = start; slot < start + bucketSlots; slot++)
      if (lows[slot] === low && highs[slot] === high && activity[slot]! !== Number.NEGATIVE_INFINITY)
        return slot;
    return -1;
  }

  /**
   * The key's slot, which it gets now if it had none.
   * @param time seconds; times may run backwards
   */
  touch(high: number, low: number, time: number): number {
    const now = time / this.timeConstant;
    const { activity } = this;
    const known = this.find(high, low);
    this.isFresh = known < 0;
    if (known >= 0) {
      const before = activity[known]!;
      activity[known] = Math.max(before, now) + Math.log1p(Math.exp(-Math.abs(before - now)));
      return known;
    }
    const slot = this.leastActive(this.bucketOf(low));
    if (activity[slot] === Number.NEGATIVE_INFINITY) this.size++;
    else this.evicted++;
    this.highs[slot] = high;
    this.lows[slot] = low;
    activity[slot] = now;
    return slot;
  }

  private leastActive(start: number): number {
    const { activity } = this;
    let least = start;
    for (let slot = start + 1; slot < start + bucketSlots; slot++)
      if (activity[slot]! < activity[least]!) least = slot;
    return least;
  }

  private bucketOf(low: number): number {
    return (low & (this.slots / bucketSlots - 1)) * bucketSlots;
  }
}
