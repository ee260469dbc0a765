/**
 * Numbers, or pairs of them, to places counted from 0 in the order in which they came: open addressing in typed
 * arrays. Numbers that follow each other lie side by side.
 */
const firstSlots = 4096;

export class NumberIndex {
  count = 0;
  /** Number, and place + 1. */
  private slots = new Uint32Array(firstSlots * 2);
  private mask = firstSlots - 1;

  clear(): void {
    if (this.count > 0) this.slots.fill(0);
    this.count = 0;
  }

  has(number: number): boolean {
    for (let slot = number & this.mask; ; slot = (slot + 1) & this.mask) {
      const found = this.slots[slot * 2]!;
      if (found === number || found === 0) return found === number;
    }
  }

  /** The place of a number, which must not be 0: `count` as it was before where it is new. */
  placeOf(number: number): number {
    for (let slot = number & this.mask; ; slot = (slot + 1) & this.mask) {
      const found = this.slots[slot * 2]!;
      if (found === number) return this.slots[slot * 2 + 1]! - 1;
      if (found === 0) return this.enter(slot, number);
    }
  }

  private enter(slot: number, number: number): number {
    this.slots[slot * 2] = number;
    this.slots[slot * 2 + 1] = ++this.count;
    if (this.count * 2 > this.mask) this.grow();
    return this.count - 1;
  }

  private grow(): void {
    const { slots } = this;
    this.slots = new Uint32Array(slots.length * 4);
    this.mask = this.slots.length / 2 - 1;
    for (let from = 0; from < slots.length; from += 2) {
      const number = slots[from]!;
      if (number === 0) continue;
      let slot = number & this.mask;
      while (this.slots[slot * 2] !== 0) slot = (slot + 1) & this.mask;
      this.slots[slot * 2] = number;
      this.slots[slot * 2 + 1] = slots[from + 1]!;
    }
  }
}

export class PairIndex {
  count = 0;
  /** The smaller number, the larger one, and place + 1. */
  private slots = new Uint32Array(firstSlots * 3);
  private mask = firstSlots - 1;

  clear(): void {
    if (this.count > 0) this.slots.fill(0);
    this.count = 0;
  }

  has(a: number, b: number): boolean {
    const low = a < b ? a : b;
    const high = a < b ? b : a;
    for (let slot = hashOf(low, high) & this.mask; ; slot = (slot + 1) & this.mask) {
      const at = slot * 3;
      if (this.slots[at + 2] === 0) return false;
      if (this.slots[at] === low && this.slots[at + 1] === high) return true;
    }
  }

  /** The place of two numbers, whatever their order: `count` as it was before where they are new. */
  placeOf(a: number, b: number): number {
    const low = a < b ? a : b;
    const high = a < b ? b : a;
    for (let slot = hashOf(low, high) & this.mask; ; slot = (slot + 1) & this.mask) {
      const at = slot * 3;
      const found = this.slots[at + 2]!;
      if (found === 0) return this.enter(at, low, high);
      if (this.slots[at] === low && this.slots[at + 1] === high) return found - 1;
    }
  }

  private enter(at: number, low: number, high: number): number {
    this.slots[at] = low;
    this.slots[at + 1] = high;
    this.slots[at + 2] = ++this.count;
    if (this.count * 2 > this.mask) this.grow();
    return this.count - 1;
  }

  private grow(): void {
    const { slots } = this;
    this.slots = new Uint32Array(slots.length * 4);
    this.mask = this.slots.length / 3 - 1;
    for (let from = 0; from < slots.length; from += 3) {
      if (slots[from + 2] === 0) continue;
      let slot = hashOf(slots[from]!, slots[from + 1]!) & this.mask;
      while (this.slots[slot * 3 + 2] !== 0) slot = (slot + 1) & this.mask;
      this.slots[slot * 3] = slots[from]!;
      this.slots[slot * 3 + 1] = slots[from + 1]!;
      this.slots[slot * 3 + 2] = slots[from + 2]!;
    }
  }
}

function hashOf(low: number, high: number): number {
  const hash = Math.imul(low, 0x85ebca6b) ^ Math.imul(high, 0xc2b2ae35);
  return (hash ^ (hash >>> 15)) >>> 0;
}
