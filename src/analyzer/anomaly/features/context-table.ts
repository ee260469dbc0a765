/**
 * A bounded table from keys to slots, for what is known about each host, pair or flow: whoever keeps columns
 * of numbers beside it finds a context's row by its slot. Keys are 64-bit hashes, in two halves.
 *
 * Slots lie in buckets of eight, and a key only ever in the bucket that its hash names, so that finding one
 * looks at eight places whatever else is there. Where a new key finds its bucket full, the least active one
 * there gives way and is counted: a flood of invented sources drives out its own, not the hosts at work.
 *
 * Activity is the number of touches, each forgotten with `timeConstant`. What is kept is the sum of
 * exp((time - origin) / timeConstant), which needs no update as time passes and compares at any time alike
 * (forward decay: Cormode, Shkapenyuk, Srivastava and Xu 2009). The origin moves before numbers get too large.
 */
const bucketSlots = 8;

/** The high half of the key of zeros, which marks empty slots. */
const insteadOfZero = 0x5bd1e995;

/** Time constants after which the origin moves: exp(300) is 1e130. */
const maxAge = 300;
/** What a context has at least, so that it is not taken for an empty slot. */
const leastActivity = Number.MIN_VALUE;

export class ContextTable {
  /** Contexts held. */
  size = 0;
  /** Contexts that had to give way. */
  evicted = 0;
  /** Whether the last `touch` placed a new context: what stands in the slot's row is another's then. */
  isFresh = false;
  private readonly timeConstant: number;
  /** High and low half of each slot's key, side by side: a bucket is one line of the cache. 0, 0 if empty. */
  private readonly keys: Int32Array;
  private readonly activity: Float64Array;
  private origin = Number.NaN;
  /** The time that `weight` was computed for, and what a touch adds then. */
  private weighedTime = Number.NaN;
  private weight = 1;

  /**
   * @param slots a power of two, at least 8
   * @param timeConstant seconds after which a touch counts 1/e
   */
  constructor(slots: number, timeConstant: number) {
    if (slots < bucketSlots || Math.log2(slots) % 1 !== 0)
      throw new RangeError(`The slots of a table must be a power of two from 8 on, not ${slots}.`);
    this.timeConstant = timeConstant;
    this.keys = new Int32Array(2 * slots);
    this.activity = new Float64Array(slots);
  }

  get slots(): number {
    return this.activity.length;
  }

  /** The key's slot, or -1. */
  find(high: number, low: number): number {
    const { keys } = this;
    const wanted = high === 0 && low === 0 ? insteadOfZero : high;
    const start = this.bucketOf(low);
    for (let slot = start; slot < start + bucketSlots; slot++)
      if (keys[2 * slot] === wanted && keys[2 * slot + 1] === low) return slot;
    return -1;
  }

  /**
   * The key's slot, which it gets now if it had none.
   * @param time seconds; times may run backwards
   */
  touch(high: number, low: number, time: number): number {
    // A touch weighs what it did a moment ago: an exponential a touch would cost more than all the rest.
    if (!(Math.abs(time - this.weighedTime) <= this.timeConstant / 100)) this.weigh(time);
    let slot = this.find(high, low);
    this.isFresh = slot < 0;
    if (this.isFresh) slot = this.place(high, low);
    this.activity[slot]! += this.weight;
    return slot;
  }

  private place(high: number, low: number): number {
    const { keys, activity } = this;
    const slot = this.leastActive(this.bucketOf(low));
    if (activity[slot] === 0) this.size++;
    else this.evicted++;
    keys[2 * slot] = high === 0 && low === 0 ? insteadOfZero : high;
    keys[2 * slot + 1] = low;
    activity[slot] = 0;
    return slot;
  }

  private weigh(time: number): void {
    if (Number.isNaN(this.origin)) this.origin = time;
    this.weighedTime = time;
    const age = (time - this.origin) / this.timeConstant;
    if (age > maxAge) {
      const kept = Math.exp(-age);
      const { activity } = this;
      for (let slot = 0; slot < activity.length; slot++)
        if (activity[slot] !== 0) activity[slot] = Math.max(leastActivity, activity[slot]! * kept);
      this.origin = time;
    }
    this.weight = Math.max(leastActivity, Math.exp((time - this.origin) / this.timeConstant));
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
