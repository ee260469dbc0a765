/**
 * Of a long series what a chart can show: the rows of a span, and where there are more of them than the chart has
 * room for, several steps together as one longer step. So a chart costs the same however long the capture is. Pure.
 */
import type { Span } from "./span.ts";

/** Rows that a chart is given, but for one beyond each end. */
export const maxDrawnRows = 2000;

/** Seconds of a step that people can think in. */
const roundSteps = [2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 21_600, 43_200, 86_400];

export interface SteppedRows {
  /** Seconds. */
  step: number;
  time: readonly number[];
  /** Counts, each as long as `time`. */
  columns: readonly (readonly number[])[];
}

/** The rows of a span, in steps as short as fit; with one row beyond each end, so that lines go on. */
export function rowsInSight({ step, time, columns }: SteppedRows, [from, to]: Span): SteppedRows {
  const first = Math.max(placeOf(time, from) - 2, 0);
  const end = Math.min(placeOf(time, to) + 1, time.length);
  const count = end - first - 2;
  const seen = {
    step,
    time: time.slice(first, end),
    columns: columns.map((column) => column.slice(first, end)),
  };
  return count <= maxDrawnRows ? seen : joined(seen, longerStep(step, (to - from) / maxDrawnRows));
}

/** A multiple of `step` that is at least `least` seconds: a round one where there is one. */
function longerStep(step: number, least: number): number {
  const round = roundSteps.find((seconds) => seconds >= least && seconds % step === 0);
  return round ?? Math.ceil(least / step) * step;
}

function joined({ time, columns }: SteppedRows, step: number): SteppedRows {
  const starts: number[] = [];
  const sums: number[][] = columns.map(() => []);
  for (let row = 0; row < time.length; row++) {
    const start = Math.floor(time[row]! / step) * step;
    if (start !== starts.at(-1)) {
      starts.push(start);
      for (const sum of sums) sum.push(0);
    }
    const last = starts.length - 1;
    for (const [i, column] of columns.entries()) sums[i]![last]! += column[row] ?? 0;
  }
  return { step, time: starts, columns: sums };
}

/** The first row that is not before `moment`. */
function placeOf(time: readonly number[], moment: number): number {
  let low = 0;
  let high = time.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (time[middle]! < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
