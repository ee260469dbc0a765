/** How a packet was judged: its score, whether it was flagged, and why. */
import type { Answers, PacketRow } from "../../../src/analyzer/dashboard/contract.ts";
import { reasonList } from "../anomalies/reason-list.ts";
import { element } from "../dom.ts";

type Reasons = Answers["/api/anomalies"]["top"][number]["reasons"];

export interface Judgement {
  /** The heaviest first. */
  reasons: Reasons;
}

/** Undefined where nothing was judged. */
export function verdictView(
  row: PacketRow | undefined,
  judgement: Judgement | undefined,
): HTMLElement | undefined {
  if (row === undefined || row.score === null) return undefined;
  const score = `score ${row.score.toFixed(3)}`;
  const said = row.flagged ? `⚑ Flagged, ${score}` : `Not flagged, ${score}`;
  return element(
    "div",
    { class: row.flagged ? "verdict flagged" : "verdict" },
    element("p", {}, said),
    judgement === undefined || judgement.reasons.length === 0 ? undefined : reasonList(judgement.reasons),
  );
}
