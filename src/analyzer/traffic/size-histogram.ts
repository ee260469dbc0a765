/**
 * How often each packet size occurred, exactly: quantiles read from it are those of the packets themselves.
 * Ethernet sizes lie in a table; the few that are larger (jumbograms, segments not yet cut) in a map.
 */
import { maxLargeSizes, sizeTableRows } from "../limits.ts";

/** What the report says about the sizes of one protocol, in bytes on the wire. */
export interface SizeSummary {
  count: number;
  mean: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
  /** Sizes that occurred, ascending, and the packets of each. */
  histogram: { size: number[]; packets: number[] };
}

/** Whatever Ethernet carries without jumbograms. */
const firstRows = 2048;

export class SizeHistogram {
  count = 0;
  bytes = 0;
  /** Packets that were too large and too unlike each other to be counted by their own size. */
  misplaced = 0;
  /** As long as the sizes so far need. */
  private table = new Float64Array(firstRows);
  private readonly large = new Map<number, number>();
  private max = 0;

  add(size: number): void {
    this.addMany(size, 1);
  }

  /** Counts packets of one size. */
  addMany(size: number, packets: number): void {
    this.count += packets;
    this.bytes += size * packets;
    if (size > this.max) this.max = size;
    if (size < this.table.length) this.table[size]! += packets;
    else if (size < sizeTableRows) this.grow()[size]! += packets;
    else this.addLarge(size, packets);
  }

  summary(): SizeSummary {
    const histogram = this.histogram();
    return {
      count: this.count,
      mean: this.count === 0 ? 0 : this.bytes / this.count,
      p50: quantile(histogram, this.count, 0.5),
      p95: quantile(histogram, this.count, 0.95),
      p99: quantile(histogram, this.count, 0.99),
      max: this.max,
      histogram,
    };
  }

  private grow(): Float64Array {
    if (this.table.length === sizeTableRows) return this.table;
    const table = new Float64Array(sizeTableRows);
    table.set(this.table);
    this.table = table;
    return table;
  }

  private addLarge(size: number, packets: number): void {
    const before = this.large.get(size);
    if (before !== undefined || this.large.size < maxLargeSizes)
      this.large.set(size, (before ?? 0) + packets);
    else {
      this.misplaced += packets;
      this.grow()[sizeTableRows - 1]! += packets;
    }
  }

  private histogram(): SizeSummary["histogram"] {
    const size: number[] = [];
    const packets: number[] = [];
    for (let i = 0; i < this.table.length; i++) {
      if (this.table[i]! > 0) {
        size.push(i);
        packets.push(this.table[i]!);
      }
    }
    for (const [large, count] of [...this.large].sort(([a], [b]) => a - b)) {
      size.push(large);
      packets.push(count);
    }
    return { size, packets };
  }
}

/** The smallest size that at least the share `q` of the packets does not exceed (nearest rank); 0 for none. */
function quantile({ size, packets }: SizeSummary["histogram"], count: number, q: number): number {
  const rank = Math.ceil(count * q);
  let seen = 0;
  for (let i = 0; i < size.length; i++) {
    seen += packets[i]!;
    if (seen >= rank) return size[i]!;
  }
  return 0;
}
