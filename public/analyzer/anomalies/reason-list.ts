/** Why something was flagged: a sentence each, the heaviest first, with what was measured and what is typical. */
import type { Answers } from "../../../src/analyzer/dashboard/contract.ts";
import { element } from "../dom.ts";

export type Reason = Answers["/api/anomalies"]["top"][number]["reasons"][number];

/** @param title what was said already, and need not be said again */
export function reasonList(reasons: readonly Reason[], title = ""): HTMLElement {
  return element("ul", { class: "reasons" }, ...reasons.map((reason) => reasonView(reason, title)));
}

function reasonView(reason: Reason, title: string): HTMLElement {
  const sentence = title.endsWith(reason.text) ? undefined : `${reason.text}. `;
  const bar = element("span", { class: "weight", "aria-hidden": "true" });
  bar.style.setProperty("--weight", String(Math.min(1, Math.max(0, reason.weight))));
  return element("li", {}, bar, sentence, element("span", { class: "hint" }, measuredText(reason)));
}

/** `packet.size: 2.26, typical 0 to 1.85` */
export function measuredText({ feature, value, typical }: Reason): string {
  const told = `${feature}: ${valueText(value)}`;
  if (typical === null) return told;
  if (typeof typical !== "object") return `${told}, before ${valueText(typical)}`;
  return `${told}, typical ${valueText(typical.low)} to ${valueText(typical.high)}, mostly ${valueText(typical.median)}`;
}

/** Three digits are more than anyone compares. */
function valueText(value: number | string): string {
  return typeof value === "string" ? value : Number(value.toPrecision(3)).toLocaleString("en");
}
