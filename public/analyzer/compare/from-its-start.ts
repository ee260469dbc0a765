/** A series on its own clock: seconds since its first step, so that two captures can be laid side by side. Pure. */
import type { Answers } from "../../../src/analyzer/dashboard/contract.ts";

export function fromItsStart(series: Answers["/api/series"]): Answers["/api/series"] {
  const first = series.time[0] ?? 0;
  return { ...series, time: series.time.map((at) => at - first) };
}
