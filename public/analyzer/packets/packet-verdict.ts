/** How a packet was judged: its score, whether it was flagged, and why. */
import type { Answers } from "../../../src/analyzer/dashboard/contract.ts";
import { reasonList } from "../anomalies/reason-list.ts";
import { element } from "../../lib/dom.ts";

type Judged = Pick<Answers["/api/packets/:number"], "score" | "flagged" | "expected" | "reasons">;

/** Undefined where nothing was judged. */
export function verdictView({ score, flagged, expected, reasons }: Judged): HTMLElement | undefined {
  if (score === null) return undefined;
  const told = `score ${score.toFixed(3)}`;
  const said = flagged
    ? `⚑ Flagged, ${told}`
    : expected
      ? `Marked as expected, ${told}`
      : `Not flagged, ${told}`;
  return element(
    "div",
    { class: flagged ? "verdict flagged" : "verdict" },
    element("p", {}, said),
    reasons.length === 0 ? undefined : reasonList(reasons),
  );
}
