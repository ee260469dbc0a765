/**
 * Rows without NaN and infinities, so that the forest need not ask: a missing value (NaN) becomes the median
 * of its column, an infinite one the largest number of its sign.
 */

/** Rows that the medians are taken from, evenly spaced over all. */
const medianRows = 1023;

/** The median of each column over its numbers that are not missing; 0 where there is none. */
export function columnMedians(rows: Float64Array, width: number): Float64Array {
  const count = rows.length / width;
  const step = Math.max(1, count / medianRows);
  return Float64Array.from({ length: width }, (_, column) => {
    const values: number[] = [];
    for (let place = 0; place < count; place += step) {
      const value = rows[Math.floor(place) * width + column]!;
      if (!Number.isNaN(value)) values.push(toFinite(value));
    }
    return Float64Array.from(values).sort()[values.length >> 1] ?? 0;
  });
}

/** @returns `rows` itself where all values are finite, else a copy */
export function finiteRows(rows: Float64Array, medians: Float64Array): Float64Array {
  if (allFinite(rows)) return rows;
  const width = medians.length;
  return rows.map((value, i) => (Number.isNaN(value) ? medians[i % width]! : toFinite(value)));
}

function allFinite(rows: Float64Array): boolean {
  for (let i = 0; i < rows.length; i++) if (!Number.isFinite(rows[i])) return false;
  return true;
}

function toFinite(value: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
}
