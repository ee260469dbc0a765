/**
 * A fair sample of rows out of a stream of unknown length: after each row, every row so far is in it with the
 * same chance (Vitter 1985, algorithm R). What the forest learns from when a capture is read only once.
 */
import type { SeededRandom } from "./seeded-random.ts";

export class RowReservoir {
  /** Rows offered so far. */
  offered = 0;
  private readonly capacity: number;
  private readonly width: number;
  private readonly random: SeededRandom;
  private readonly rows: Float64Array;

  /** @param capacity rows kept, each of `width` numbers */
  constructor(capacity: number, width: number, random: SeededRandom) {
    this.capacity = capacity;
    this.width = width;
    this.random = random;
    this.rows = new Float64Array(capacity * width);
  }

  /** Offers the row that begins at `start` in `values`; it is copied if it is taken. */
  offer(values: Float64Array, start = 0): void {
    const { capacity, width } = this;
    const place = this.offered < capacity ? this.offered : this.random.below(this.offered + 1);
    this.offered++;
    if (place >= capacity) return;
    for (let c = 0; c < width; c++) this.rows[place * width + c] = values[start + c]!;
  }

  /** Rows held. */
  get count(): number {
    return Math.min(this.offered, this.capacity);
  }

  /** The rows held, row after row; a view, changed by later offers. */
  get held(): Float64Array {
    return this.rows.subarray(0, this.count * this.width);
  }
}
