/**
 * A bounded table of records in typed arrays: no object a record, found by open addressing.
 *
 *     word 0   1        2 … 2+k   …
 *     | hash | status | key     | what the table's owner keeps, as words and as floats of the same bytes |
 *
 * A full table lets the least active eighth of its records go, as its owner judges activity. Records keep their
 * row while they live; rows of evicted records are used again.
 */
export const recordStatus = { free: 0, linked: 1, detached: 2 } as const;

/** Where the key begins in a record. */
export const keyAt = 2;

export interface RecordTableOptions {
  /** Words of a record: even, and at least two more than its key. */
  stride: number;
  keyWords: number;
  limit: number;
  /** How active a record is: the lowest go first. */
  activity: (row: number) => number;
  /** Called for each record that goes, while its words are still there. */
  beforeEvict?: (row: number) => void;
}

const firstRows = 1024;
/** Memory that is not written yet costs nothing, and moving records does: tables grow in few steps. */
const growth = 16;
const sampleRows = 1024;

export class RecordTable {
  /** All records, as words and as floats. Both change when the table grows. */
  words: Uint32Array;
  floats: Float64Array;
  /** The key that `find` and `insert` speak of. */
  readonly key: Uint32Array;
  /** Rows that have ever been used: those beyond are empty. */
  rows = 0;
  /** Records that are there. */
  count = 0;
  /** Records ever made, and those that had to go. */
  created = 0;
  evicted = 0;
  /** Slots of two words, hash and row + 1: a record is read only where its hash is the one looked for. */
  private index = new Uint32Array(firstRows * 4);
  /** Slots of the index less one: a power of two less one. */
  private mask = firstRows * 2 - 1;
  private capacity: number;
  private readonly free: number[] = [];
  private readonly options: RecordTableOptions;

  constructor(options: RecordTableOptions) {
    this.options = options;
    this.key = new Uint32Array(options.keyWords);
    this.capacity = Math.min(firstRows, options.limit);
    this.words = new Uint32Array(this.capacity * options.stride);
    this.floats = new Float64Array(this.words.buffer);
  }

  /** The hash of `key`, mixed as in MurmurHash3. */
  hash(): number {
    const { key } = this;
    let hash = 0x2545f491;
    for (let i = 0; i < key.length; i++) {
      let word = Math.imul(key[i]!, 0xcc9e2d51);
      word = Math.imul((word << 15) | (word >>> 17), 0x1b873593);
      hash ^= word;
      hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) >>> 0;
  }

  /** The row of the record that has `key`, or -1. */
  find(hash: number): number {
    const { index, mask } = this;
    const { stride } = this.options;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = index[slot * 2 + 1]!;
      if (entry === 0) return -1;
      if (index[slot * 2] === hash && this.hasKey((entry - 1) * stride)) return entry - 1;
    }
  }

  /** Whether the record at the word `at` has `key`. */
  hasKey(at: number): boolean {
    const { key, words } = this;
    for (let i = 0; i < key.length; i++) if (words[at + keyAt + i] !== key[i]) return false;
    return true;
  }

  /** Whether `row` is the record that has `key` and is found by it. */
  holds(row: number): boolean {
    const at = row * this.options.stride;
    return this.words[at + 1] === recordStatus.linked && this.hasKey(at);
  }

  /** Makes a record for `key`, which is in no record yet, all zero behind the key. May evict others. */
  insert(hash: number): number {
    if (this.count >= this.options.limit) this.evict();
    const row = this.takeRow();
    if (this.count > (this.mask + 1) / 2) this.rebuild((this.mask + 1) * 4);
    this.link(hash, row);
    return row;
  }

  /** Makes a new record with the key of `row`, which stays as it is and is found no more. */
  insertInstead(row: number): number {
    const { stride } = this.options;
    const hash = this.words[row * stride]!;
    this.words[row * stride + 1] = recordStatus.detached;
    if (this.count >= this.options.limit) this.evict();
    else this.rebuildWithout(row, hash);
    return this.insert(hash);
  }

  /** The rows that hold a record, ascending. */
  forEach(see: (row: number) => void): void {
    const { stride } = this.options;
    for (let row = 0; row < this.rows; row++)
      if (this.words[row * stride + 1] !== recordStatus.free) see(row);
  }

  /** Takes a row out of the index, closing the gap it leaves (Knuth, 6.4, algorithm R). */
  private rebuildWithout(row: number, hash: number): void {
    const { index, mask } = this;
    let hole = hash & mask;
    while (index[hole * 2 + 1] !== row + 1) hole = (hole + 1) & mask;
    for (let slot = (hole + 1) & mask; index[slot * 2 + 1] !== 0; slot = (slot + 1) & mask) {
      const home = index[slot * 2]! & mask;
      if (((slot - home) & mask) < ((slot - hole) & mask)) continue;
      index[hole * 2] = index[slot * 2]!;
      index[hole * 2 + 1] = index[slot * 2 + 1]!;
      hole = slot;
    }
    index[hole * 2 + 1] = 0;
  }

  private takeRow(): number {
    const { stride } = this.options;
    this.count++;
    this.created++;
    // Asking an empty array for its last item is slow.
    if (this.free.length > 0) {
      const used = this.free.pop()!;
      this.words.fill(0, used * stride, (used + 1) * stride);
      return used;
    }
    if (this.rows === this.capacity) this.grow();
    return this.rows++;
  }

  private link(hash: number, row: number): void {
    const at = row * this.options.stride;
    const { key, words } = this;
    words[at] = hash;
    words[at + 1] = recordStatus.linked;
    for (let i = 0; i < key.length; i++) words[at + keyAt + i] = key[i]!;
    this.enter(hash, row);
  }

  private enter(hash: number, row: number): void {
    const { index, mask } = this;
    let slot = hash & mask;
    while (index[slot * 2 + 1] !== 0) slot = (slot + 1) & mask;
    index[slot * 2] = hash;
    index[slot * 2 + 1] = row + 1;
  }

  private grow(): void {
    this.capacity = Math.min(this.capacity * growth, this.options.limit);
    const words = new Uint32Array(this.capacity * this.options.stride);
    words.set(this.words);
    this.words = words;
    this.floats = new Float64Array(words.buffer);
  }

  private rebuild(slots: number): void {
    this.index = slots === this.mask + 1 ? this.index.fill(0) : new Uint32Array(slots * 2);
    this.mask = slots - 1;
    const { stride } = this.options;
    for (let row = 0; row < this.rows; row++) {
      const at = row * stride;
      if (this.words[at + 1] === recordStatus.linked) this.enter(this.words[at]!, row);
    }
  }

  /** Lets go of the records whose activity is in the lowest eighth of a sample, at most a quarter of all. */
  private evict(): void {
    const { stride, activity, beforeEvict } = this.options;
    const threshold = this.lowActivity();
    let left = Math.max(1, this.count >> 2);
    for (let row = 0; row < this.rows && left > 0; row++) {
      const at = row * stride;
      if (this.words[at + 1] === recordStatus.free || activity(row) > threshold) continue;
      beforeEvict?.(row);
      this.words[at + 1] = recordStatus.free;
      this.free.push(row);
      this.count--;
      this.evicted++;
      left--;
    }
    this.rebuild(this.mask + 1);
  }

  private lowActivity(): number {
    const sample: number[] = [];
    const step = Math.max(1, Math.floor(this.rows / sampleRows));
    for (let row = 0; row < this.rows; row += step)
      if (this.words[row * this.options.stride + 1] !== recordStatus.free)
        sample.push(this.options.activity(row));
    sample.sort((a, b) => a - b);
    return sample[sample.length >> 3] ?? 0;
  }
}
