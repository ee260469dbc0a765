/**
 * From the sparse series of a report to columns for a chart: rates, with the steps in which nothing happened
 * drawn as zero. Two zeros at the edges of a gap are enough, however long it is.
 */
import type { Answers } from "../../src/analyzer/dashboard/contract.ts";

/** Seconds since 1970, packets a second, bytes a second. */
export type SeriesColumns = [time: number[], packets: number[], bytes: number[]];

export function seriesColumns({ step, time, packets, bytes }: Answers["/api/series"]): SeriesColumns {
  const columns: SeriesColumns = [[], [], []];
  const push = (at: number, packetRate: number, byteRate: number): void => {
    columns[0].push(at);
    columns[1].push(packetRate);
    columns[2].push(byteRate);
  };
  for (let i = 0; i < time.length; i++) {
    const at = time[i]!;
    const before = i === 0 ? undefined : time[i - 1]!;
    if (before === undefined) push(at - step, 0, 0);
    else if (at - before > step) {
      push(before + step, 0, 0);
      if (at - before > 2 * step) push(at - step, 0, 0);
    }
    push(at, packets[i]! / step, bytes[i]! / step);
  }
  const last = time.at(-1);
  if (last !== undefined) push(last + step, 0, 0);
  return columns;
}
