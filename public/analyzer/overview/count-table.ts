/** A table of packets and bytes by name, with the share of each as a bar. A name filters for itself. */
import { element } from "../../lib/dom.ts";
import { formatBytes, formatCount, formatShare } from "../format.ts";

export interface CountRow {
  packets: number;
  bytes: number;
}

export interface CountTable {
  /** Heading of the first column. */
  heading: string;
  /** By name; the most frequent comes first. */
  counts: Readonly<Record<string, CountRow>>;
  /** Packets that make 100 %. */
  all: number;
  /** The colour of a name's bar: the name of one of the style's. */
  colorOf?: (name: string) => string;
  /** Filters for a name; left out where nothing can be filtered. */
  choose: ((name: string) => void) | undefined;
}

export function countTable({ heading, counts, all, colorOf, choose }: CountTable): HTMLElement {
  const rows = Object.entries(counts).sort(([, a], [, b]) => b.packets - a.packets || b.bytes - a.bytes);
  if (rows.length === 0) return element("p", { class: "hint" }, "None that pcs decodes.");
  const headings = [
    element("th", { scope: "col" }, heading),
    element("th", { scope: "col", class: "number" }, "Packets"),
    element("th", { scope: "col", class: "number" }, "Bytes"),
    element("th", { scope: "col", class: "share" }, "Share of packets"),
  ];
  const views = rows.map(([name, { packets, bytes }]) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, nameView(name, choose)),
      element("td", { class: "number" }, formatCount(packets)),
      element("td", { class: "number", title: `${formatCount(bytes)} bytes` }, formatBytes(bytes)),
      element("td", { class: "share" }, shareBar(packets, all, colorOf?.(name))),
    ),
  );
  return element(
    "table",
    {},
    element("thead", {}, element("tr", {}, ...headings)),
    element("tbody", {}, ...views),
  );
}

/** A name that filters for itself when it is chosen. */
export function nameView(name: string, choose: ((name: string) => void) | undefined): HTMLElement {
  if (choose === undefined) return element("span", {}, name);
  const button = element("button", { type: "button", class: "plain", title: `Filter: only ${name}` }, name);
  button.addEventListener("click", () => choose(name));
  return button;
}

/** @param color the name of one of the style's */
export function shareBar(part: number, all: number, color = "--accent"): HTMLElement {
  const bar = element("span", { class: "bar", "aria-hidden": "true" });
  bar.style.setProperty("--share", String(all === 0 ? 0 : part / all));
  bar.style.setProperty("--color", `var(${color})`);
  return element("span", { class: "share-cell" }, bar, element("span", {}, formatShare(part, all)));
}
