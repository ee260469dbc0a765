/**
 * What is usual here: each feature's values in a sample of ordinary rows, by themselves. Told to people as
 * the range between two quantiles, and asked how rare a value is.
 */
import { countBelow, countUpTo } from "../../../lib/count-below.ts";
import { describedRows } from "./limits.ts";
import type { Typical } from "./reason.ts";

/** The quantiles that a feature's tail is measured by, beyond which a value is compared by distance. */
const tail = { from: 0.95, to: 0.999 } as const;
/** Least width of a tail, in logarithms: a feature that never varies has none. */
const leastTail = 0.5;

export interface Baseline {
  /** Features of a row. */
  readonly width: number;
  /** Rows described, one after the other, in natural units. */
  readonly rows: Float64Array;
  /** Each feature's values in ascending order, without those that are missing. */
  readonly columns: readonly Float64Array[];
  /** Of each feature; NaN where all values are missing. */
  readonly typical: readonly Typical[];
}

/**
 * @param rows a sample of ordinary rows of `width` features in natural units, row after row
 * @throws RangeError where there is no row, or `rows` is not a whole number of rows
 */
export function describeBaseline(rows: Float64Array, width: number): Baseline {
  const count = rows.length / width;
  if (!Number.isInteger(count) || count === 0)
    throw new RangeError(`${rows.length} values are no baseline of rows of ${width} features.`);
  const kept = count > describedRows ? thinned(rows, width) : rows.slice();
  const columns = Array.from({ length: width }, (_, c) =>
    kept.filter((value, i) => i % width === c && !Number.isNaN(value)).sort(),
  );
  const typical = columns.map((column) => ({
    low: quantile(column, 0.05),
    median: quantile(column, 0.5),
    high: quantile(column, 0.95),
  }));
  return { width, rows: kept, columns, typical };
}

/** The value that a share `q` of the ascending values does not exceed; NaN of none. */
export function quantile(ascending: Float64Array, q: number): number {
  const place = Math.ceil(q * ascending.length) - 1;
  return ascending[Math.max(0, Math.min(ascending.length - 1, place))] ?? Number.NaN;
}

/**
 * How surprising a feature's value is, in nats, from 0: the logarithm of how few of the baseline's rows are as
 * far out, on the side where it is rarer. Beyond all of them it grows with the distance, on the scale of
 * log(1 + value), as steeply as the tail falls there: from 5 % of the rows to one in a thousand.
 */
export function surprise({ columns }: Baseline, feature: number, value: number): number {
  const column = columns[feature]!;
  const count = column.length;
  if (count === 0 || Number.isNaN(value)) return 0;
  const below = countBelow(column, value);
  const upTo = countUpTo(column, value);
  const [above, same] = [count - upTo, upTo - below];
  const others = Math.min(above, below);
  // Half the rows with the same value count as farther out, or a yes would never be rarer than all of them.
  const share = (others + same / 2 + 0.5) / (count + 1);
  const rarity = others + same >= count / 2 ? 0 : Math.max(0, -Math.log(2 * share));
  if (below === count) return rarity + distance(column, value, count - 1, tail.from, tail.to);
  if (upTo === 0) return rarity + distance(column, value, 0, 1 - tail.from, 1 - tail.to);
  return rarity;
}

/** How far `value` is beyond the end at `end`, in the widths of the tail there times its fall. */
function distance(column: Float64Array, value: number, end: number, from: number, to: number): number {
  const width = Math.abs(logScale(quantile(column, to)) - logScale(quantile(column, from)));
  const fall = Math.log((1 - tail.from) / (1 - tail.to));
  return (Math.abs(logScale(value) - logScale(column[end]!)) / Math.max(leastTail, width)) * fall;
}

/** log(1 + value), on both sides of zero, of finite numbers only. */
function logScale(value: number): number {
  return Math.sign(value) * Math.log1p(Math.min(Math.abs(value), Number.MAX_VALUE));
}

function thinned(rows: Float64Array, width: number): Float64Array {
  const step = rows.length / width / describedRows;
  const kept = new Float64Array(describedRows * width);
  for (let row = 0; row < describedRows; row++) {
    const start = Math.floor(row * step) * width;
    kept.set(rows.subarray(start, start + width), row * width);
  }
  return kept;
}
