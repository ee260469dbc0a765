/**
 * From the sparse series of a report to columns for a stepped chart: rates, each of which holds until the next
 * point. So one zero fills a gap, however long it is, and one ends the last step.
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
    const expected = i === 0 ? at : time[i - 1]! + step;
    if (at > expected) push(expected, 0, 0);
    push(at, packets[i]! / step, bytes[i]! / step);
  }
  const last = time.at(-1);
  if (last !== undefined) push(last + step, 0, 0);
  return columns;
}
