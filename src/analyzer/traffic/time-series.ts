/**
 * Packets and bytes over time, on the capture's own clock. Only steps in which something happened have a row,
 * so a gap of years costs nothing; and where there would be too many rows the step grows, so that an hour and
 * a decade cost the same. Each step divides the next, so rows can be joined, in any order, to the same result.
 */
import { maxSeriesRows } from "../limits.ts";

const firstSteps = [1, 2, 10, 60, 600, 3600, 21_600, 86_400];

/** Columns; row `i` is the time from `time[i]` to `time[i] + step`, in seconds since 1970. */
export interface SeriesSnapshot {
  step: number;
  time: number[];
  packets: number[];
  bytes: number[];
}

export class TimeSeries {
  private step = 1;
  private rows = new Map<number, number>();
  private keys: Float64Array<ArrayBuffer>;
  private packets: Float64Array<ArrayBuffer>;
  private bytes: Float64Array<ArrayBuffer>;
  private lastKey = Number.NaN;
  private lastRow = 0;
  private readonly limit: number;

  /** @param room rows for which there is memory from the beginning */
  constructor(limit = maxSeriesRows, room = 1024) {
    this.limit = limit;
    this.keys = new Float64Array(room);
    this.packets = new Float64Array(room);
    this.bytes = new Float64Array(room);
  }

  /** Counts a packet of `size` bytes. @param seconds whole seconds since 1970, or NaN, which counts nowhere */
  add(seconds: number, size: number): void {
    this.addMany(seconds, 1, size);
  }

  /** Counts packets of one second, which have `bytes` bytes together. */
  addMany(seconds: number, packets: number, bytes: number): void {
    const key = this.step === 1 ? seconds : Math.floor(seconds / this.step);
    if (key !== this.lastKey) {
      if (Number.isNaN(key)) return;
      this.lastRow = this.rowOf(key);
      this.lastKey = key;
      if (this.rows.size > this.limit) this.coarsen();
    }
    this.packets[this.lastRow]! += packets;
    this.bytes[this.lastRow]! += bytes;
  }

  /** The rows in the order of time. */
  snapshot(): SeriesSnapshot {
    const order = [...this.rows].sort(([a], [b]) => a - b);
    return {
      step: this.step,
      time: order.map(([key]) => key * this.step),
      packets: order.map(([, row]) => this.packets[row]!),
      bytes: order.map(([, row]) => this.bytes[row]!),
    };
  }

  private rowOf(key: number): number {
    const found = this.rows.get(key);
    if (found !== undefined) return found;
    const row = this.rows.size;
    if (row === this.keys.length) {
      this.keys = grown(this.keys);
      this.packets = grown(this.packets);
      this.bytes = grown(this.bytes);
    }
    this.rows.set(key, row);
    this.keys[row] = key;
    return row;
  }

  /** Joins rows until few enough are left. The row in use is empty so far and keeps its place by its key. */
  private coarsen(): void {
    while (this.rows.size > this.limit) {
      const factor = nextStep(this.step) / this.step;
      const { keys, packets, bytes } = this;
      const length = this.rows.size;
      this.rows = new Map();
      this.keys = new Float64Array(keys.length);
      this.packets = new Float64Array(keys.length);
      this.bytes = new Float64Array(keys.length);
      for (let i = 0; i < length; i++) {
        const row = this.rowOf(Math.floor(keys[i]! / factor));
        this.packets[row]! += packets[i]!;
        this.bytes[row]! += bytes[i]!;
      }
      this.step *= factor;
      this.lastKey = Math.floor(this.lastKey / factor);
      this.lastRow = this.rowOf(this.lastKey);
    }
  }
}

/** Seconds, minutes, hours and days in steps people read; from a day on ten times the last. */
function nextStep(step: number): number {
  return firstSteps.find((candidate) => candidate > step) ?? step * 10;
}

function grown(column: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(column.length * 2);
  larger.set(column);
  return larger;
}
