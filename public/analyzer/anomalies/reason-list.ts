/** Why something was flagged, in sentences, the heaviest first. */
import type { Answers } from "../../../src/analyzer/dashboard/contract.ts";
import { element } from "../dom.ts";

type Reason = Answers["/api/anomalies"]["top"][number]["reasons"][number];

export function reasonList(reasons: readonly Reason[]): HTMLElement {
  return element(
    "ul",
    { class: "reasons" },
    ...reasons.map((reason) => element("li", { title: reason.feature }, `${reason.text}.`)),
  );
}
