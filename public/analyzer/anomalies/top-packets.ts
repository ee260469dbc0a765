/** The strangest packets, each once for those that are alike. */
import type { AnomaliesAnswer } from "../../../src/analyzer/dashboard/contract.ts";
import { element } from "../dom.ts";
import { formatCount } from "../format.ts";
import { reasonList } from "./reason-list.ts";

/**
 * A table without lines, and its lines.
 * @param onPacket one was chosen, by its number
 */
export function topPackets(
  top: AnomaliesAnswer["top"],
  onPacket: (number: number) => void,
): { table: HTMLTableElement; lines: HTMLElement[] } {
  const lines = top.map(({ number, score, source, destination, protocol, size, reasons }) => {
    const open = element("button", { type: "button", class: "row-button" }, formatCount(number));
    open.setAttribute("aria-label", `Open packet ${formatCount(number)}`);
    open.addEventListener("click", () => onPacket(number));
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, open),
      element("td", { class: "number" }, score.toFixed(3)),
      element(
        "td",
        { class: "ends" },
        element("span", {}, source),
        element("span", {}, `→\u00a0${destination} · ${protocol} · ${formatCount(size)} B`),
      ),
      element("td", { class: "why" }, reasonList(reasons)),
    );
  });
  const table = element(
    "table",
    { class: "rows-table top-packets", "aria-label": "The strangest packets" },
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        element("th", { scope: "col" }, "Packet"),
        element("th", { scope: "col", class: "number" }, "Score"),
        element("th", { scope: "col" }, "From and to"),
        element("th", { scope: "col" }, "Why"),
      ),
    ),
    element("tbody"),
  );
  return { table, lines };
}
