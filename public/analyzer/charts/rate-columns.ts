/**
 * From the sparse series of an answer to columns for a stepped chart: rates, each of which holds until the next
 * point. So one zero fills a gap, however long it is, and one ends the last step. Pure.
 */

/** `rates[i]` belongs to `rows[i]`, each as long as `time`. */
export interface RateColumns {
  /** Seconds since 1970. */
  time: number[];
  /** A second. */
  rates: number[][];
  /** The place in the series that a point is of; -1 for the zeros between. */
  from: number[];
}

/** @param step seconds of a row. @param rows counts, each as long as `time` */
export function rateColumns(
  step: number,
  time: readonly number[],
  rows: readonly (readonly number[])[],
): RateColumns {
  const columns: RateColumns = { time: [], rates: rows.map(() => []), from: [] };
  const push = (at: number, row: number): void => {
    columns.time.push(at);
    columns.from.push(row);
    for (const [i, rates] of columns.rates.entries()) rates.push(row < 0 ? 0 : (rows[i]![row] ?? 0) / step);
  };
  for (let row = 0; row < time.length; row++) {
    const at = time[row]!;
    const expected = row === 0 ? at : time[row - 1]! + step;
    if (at > expected) push(expected, -1);
    push(at, row);
  }
  const last = time.at(-1);
  if (last !== undefined) push(last + step, -1);
  return columns;
}

/** Each with all before it added: the last is the sum of all. */
export function stacked(rates: readonly (readonly number[])[]): number[][] {
  let below: readonly number[] | undefined;
  return rates.map((column) => {
    const sums = column.map((value, i) => value + (below?.[i] ?? 0));
    below = sums;
    return sums;
  });
}
