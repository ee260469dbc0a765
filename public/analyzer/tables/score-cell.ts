/** How abnormal a row is: the sign of flagged packets and their number, with the highest score. */
import type { Scored } from "../../../src/analyzer/dashboard/contract.ts";
import { element } from "../../lib/dom.ts";
import { formatCount } from "../format.ts";

export function scoreCell({ score, flagged = 0 }: Scored): Node | string {
  if (score === undefined || score === null) return "";
  if (flagged === 0) return score.toFixed(2);
  const title = `${formatCount(flagged)} of its packets were flagged; the highest score is ${score.toFixed(3)}`;
  return element(
    "span",
    { class: "score-flagged", title },
    `⚑ ${formatCount(flagged)} · ${score.toFixed(2)}`,
  );
}

export function isFlagged({ flagged = 0 }: Scored): boolean {
  return flagged > 0;
}
