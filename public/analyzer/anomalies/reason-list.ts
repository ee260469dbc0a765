/** Why something was flagged: a sentence each, the heaviest first, with what was measured and what is typical. */
import { element } from "../../lib/dom.ts";
import { measuredText, type Reason } from "./measured-text.ts";

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
