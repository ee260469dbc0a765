/**
 * Which bytes of some fragmented datagrams came already, in units of eight, as fragments count them:
 *
 *     of each datagram:  | covered 1 KiB | where fragments start 1 KiB | the last unit of each 1 KiB |
 *
 * A fragment that came before with the same start and end is a copy of it (a repeat, or a tap on two sides)
 * and overlaps nothing.
 */
const units = 8192;
const mapBytes = units / 8;

export class DatagramMap {
  private readonly covered: Uint8Array;
  private readonly starts: Uint8Array;
  private readonly ends: Uint8Array;
  /** Units of each datagram, once its last fragment came; else 0. */
  private readonly lengths: Uint16Array;

  constructor(slots: number) {
    this.covered = new Uint8Array(slots * mapBytes);
    this.starts = new Uint8Array(slots * mapBytes);
    this.ends = new Uint8Array(slots * mapBytes);
    this.lengths = new Uint16Array(slots);
  }

  reset(slot: number): void {
    const [from, until] = [slot * mapBytes, (slot + 1) * mapBytes];
    this.covered.fill(0, from, until);
    this.starts.fill(0, from, until);
    this.ends.fill(0, from, until);
    this.lengths[slot] = 0;
  }

  /**
   * Adds a fragment of `count` units from `first` on, at least one, and all below 8,192.
   * @returns whether it overlaps another one, or lies behind the last
   */
  add(slot: number, first: number, count: number, isLast: boolean): boolean {
    const base = slot * mapBytes;
    const end = first + count;
    if (isSet(this.starts, base, first) && isSet(this.ends, base, end - 1)) return false;
    const length = this.lengths[slot]!;
    let overlaps = length !== 0 && (end > length || (isLast && end !== length));
    for (let unit = first; unit < end; unit++) {
      // Eight units at once, where a byte is free.
      if ((unit & 7) === 0 && unit + 8 <= end && this.covered[base + (unit >> 3)] === 0) {
        this.covered[base + (unit >> 3)] = 0xff;
        unit += 7;
        continue;
      }
      overlaps ||= isSet(this.covered, base, unit);
      set(this.covered, base, unit);
    }
    set(this.starts, base, first);
    set(this.ends, base, end - 1);
    if (isLast) this.lengths[slot] = end;
    return overlaps;
  }

  /** Whether everything up to the last fragment came. */
  isWhole(slot: number): boolean {
    const length = this.lengths[slot]!;
    const base = slot * mapBytes;
    if (length === 0) return false;
    for (let byte = 0; byte < length >> 3; byte++) if (this.covered[base + byte] !== 0xff) return false;
    for (let unit = length & ~7; unit < length; unit++) if (!isSet(this.covered, base, unit)) return false;
    return true;
  }
}

function isSet(map: Uint8Array, base: number, unit: number): boolean {
  return (map[base + (unit >> 3)]! & (1 << (unit & 7))) !== 0;
}

function set(map: Uint8Array, base: number, unit: number): void {
  map[base + (unit >> 3)]! |= 1 << (unit & 7);
}
