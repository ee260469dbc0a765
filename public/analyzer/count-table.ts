/** A table of packets and bytes by name, with the share of each as a bar. */
import { element } from "./dom.ts";
import { formatBytes, formatCount, formatShare } from "./format.ts";

interface Row {
  packets: number;
  bytes: number;
}

/**
 * @param heading of the first column
 * @param counts by name; the most frequent comes first
 * @param all packets that make 100 %
 */
export function countTable(heading: string, counts: Record<string, Row>, all: number): HTMLElement {
  const rows = Object.entries(counts).sort(([, a], [, b]) => b.packets - a.packets || b.bytes - a.bytes);
  if (rows.length === 0) return element("p", { class: "hint" }, "None that pcs decodes.");
  return element(
    "table",
    {},
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        element("th", { scope: "col" }, heading),
        element("th", { scope: "col", class: "number" }, "Packets"),
        element("th", { scope: "col", class: "number" }, "Bytes"),
        element("th", { scope: "col", class: "share" }, "Share of packets"),
      ),
    ),
    element("tbody", {}, ...rows.map(([name, row]) => rowView(name, row, all))),
  );
}

function rowView(name: string, { packets, bytes }: Row, all: number): HTMLElement {
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, name),
    element("td", { class: "number" }, formatCount(packets)),
    element("td", { class: "number", title: `${formatCount(bytes)} bytes` }, formatBytes(bytes)),
    element("td", { class: "share" }, shareBar(packets, all)),
  );
}

function shareBar(part: number, all: number): HTMLElement {
  const bar = element("span", { class: "bar", "aria-hidden": "true" });
  bar.style.setProperty("--share", String(all === 0 ? 0 : part / all));
  return element("span", { class: "share-cell" }, bar, element("span", {}, formatShare(part, all)));
}
