/** What was marked as expected: each with a button that takes the mark away. */
import type { ExpectedRow } from "../../../src/analyzer/dashboard/contract.ts";
import { element } from "../../lib/dom.ts";
import { formatCount, formatMoment } from "../format.ts";

/** Undefined where nothing is marked. */
export function expectedList(
  rows: readonly ExpectedRow[],
  onUndo: (key: string) => void,
): HTMLElement | undefined {
  if (rows.length === 0) return undefined;
  return element(
    "details",
    { class: "expected-list" },
    element("summary", {}, `Marked as expected: ${formatCount(rows.length)}`),
    element("ul", {}, ...rows.map((row) => rowView(row, onUndo))),
  );
}

function rowView({ key, text, since }: ExpectedRow, onUndo: (key: string) => void): HTMLElement {
  const undo = element("button", { type: "button", "aria-label": `No longer expect: ${text}` }, "Undo");
  undo.addEventListener("click", () => {
    undo.disabled = true;
    onUndo(key);
  });
  return element(
    "li",
    {},
    element("span", {}, text, " ", element("span", { class: "hint" }, `since ${formatMoment(since)}`)),
    undo,
  );
}
