/** What the header says of the detector: what it flagged, and how much it can be trusted yet. Pure. */
import type { Answers } from "../../../src/analyzer/dashboard/contract.ts";
import { formatCount } from "../format.ts";
import type { Fact } from "./summary-facts.ts";

export function detectorFact({ anomalies, live }: Answers["/api/report"]): Fact {
  const label = "Abnormal";
  if (anomalies === undefined)
    return { label, value: "–", note: "not looked for", title: "pcs was started with --no-anomalies" };
  const { flagged, learning, threshold, thresholdRule, unjudged } = anomalies;
  const state =
    learning && live
      ? "still learning"
      : threshold === null
        ? "too little seen to score"
        : `score from ${threshold.toFixed(2)}`;
  const note = unjudged > 0 ? `${state}, ${formatCount(unjudged)} not judged` : state;
  return { label, value: formatCount(flagged), note, title: thresholdRule, warns: flagged > 0 };
}
