/** Marks the steps of a series that have flagged packets, out of the series of the flagged ones alone. Pure. */
import type { Answers } from "../../../src/analyzer/dashboard/contract.ts";

type Series = Answers["/api/series"];

/** @param flagged the same selection's flagged packets; its steps are the same, or shorter */
export function withFlagged(series: Series, flagged: Pick<Series, "time" | "packets">): Series {
  const { step, time } = series;
  const counts = new Map<number, number>();
  for (const [row, at] of flagged.time.entries()) {
    const start = Math.floor(at / step) * step;
    counts.set(start, (counts.get(start) ?? 0) + flagged.packets[row]!);
  }
  return { ...series, anomalies: time.map((at) => counts.get(at) ?? 0) };
}
