/** A score with a bar, so that it is seen without reading it. */
import { element } from "../../lib/dom.ts";

/** @param word what stands under the score */
export function scoreBadge(score: number, word: string): HTMLElement {
  const badge = element(
    "p",
    { class: "score-badge" },
    element("b", {}, score.toFixed(2)),
    element("span", {}, word),
  );
  badge.style.setProperty("--score", String(score));
  return badge;
}
