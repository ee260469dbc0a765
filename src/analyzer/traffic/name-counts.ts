/** Packets and bytes by name, for tables whose names are fixed: layers and protocols. */
export interface Count {
  packets: number;
  bytes: number;
}

export class NameCounts<Name extends string> {
  private readonly names: readonly Name[];
  private readonly packets: Float64Array;
  private readonly bytes: Float64Array;

  constructor(names: readonly Name[]) {
    this.names = names;
    this.packets = new Float64Array(names.length);
    this.bytes = new Float64Array(names.length);
  }

  /** Counts a packet under the name at `index`. */
  add(index: number, size: number): void {
    this.packets[index]!++;
    this.bytes[index]! += size;
  }

  /** Counts a packet once under each name whose bit is set. */
  addEach(bits: number, size: number): void {
    let left = bits;
    while (left !== 0) {
      const index = 31 - Math.clz32(left);
      this.packets[index]!++;
      this.bytes[index]! += size;
      left &= ~(1 << index);
    }
  }

  /** Counts several packets under the name at `index`. */
  addTo(index: number, packets: number, bytes: number): void {
    this.packets[index]! += packets;
    this.bytes[index]! += bytes;
  }

  /** Counts several packets once under each name whose bit is set. */
  addMany(bits: number, packets: number, bytes: number): void {
    this.names.forEach((_, i) => {
      if ((bits & (1 << i)) !== 0) this.addTo(i, packets, bytes);
    });
  }

  /** The names that occurred, in their own order. */
  snapshot(): Partial<Record<Name, Count>> {
    const counts: Partial<Record<Name, Count>> = {};
    this.names.forEach((name, i) => {
      if (this.packets[i]! > 0) counts[name] = { packets: this.packets[i]!, bytes: this.bytes[i]! };
    });
    return counts;
  }
}
