/** The facts of the header as elements, and what is warned of. */
import { element } from "../../lib/dom.ts";
import type { Fact } from "./summary-facts.ts";

export function factsView(facts: readonly Fact[]): HTMLElement {
  return element("dl", { class: "facts" }, ...facts.map(factView));
}

export function warningsView(sentences: readonly string[]): HTMLElement {
  const list = element("ul", {}, ...sentences.map((sentence) => element("li", {}, sentence)));
  return element("section", { class: "warnings", "aria-label": "Warnings" }, list);
}

function factView({ label, value, note, title = "", warns = false }: Fact): HTMLElement {
  return element(
    "div",
    { class: warns ? "fact warns" : "fact", title },
    element("dt", {}, label),
    element("dd", {}, value),
    note === undefined ? undefined : element("dd", { class: "note" }, note),
  );
}
