/**
 * Packet sizes by protocol: a small histogram a row, all over the same classes, and the quantiles beside it. On a
 * narrow screen a row has two lines; the roles keep it a table for who hears it.
 */
import type { Answers } from "../../../src/analyzer/dashboard/contract.ts";
import { element, shape } from "../../lib/dom.ts";
import { formatCount, formatShare, formatTenths } from "../format.ts";
import type { ProtocolColors } from "../protocol-colors.ts";
import { binSizes, sizeBins } from "./size-bins.ts";

type Sizes = Answers["/api/report"]["sizes"];
type SizeRow = NonNullable<Sizes[keyof Sizes]>;

const barWidth = 22;
const gap = 3;
const height = 38;

export function sizeTable(sizes: Sizes, colors: ProtocolColors): HTMLElement {
  const rows = Object.entries(sizes).sort(([, a], [, b]) => b.count - a.count);
  const numbers = ["Mean", "Median", "95 %", "99 %", "Largest"];
  return element(
    "table",
    { class: "sizes two-lines", role: "table" },
    element(
      "thead",
      { role: "rowgroup" },
      element(
        "tr",
        { role: "row" },
        element("th", { scope: "col", role: "columnheader" }, "Protocol"),
        element(
          "th",
          { scope: "col", role: "columnheader", class: "histogram" },
          "Share of packets by size",
          classScale(),
        ),
        ...numbers.map((name) =>
          element("th", { scope: "col", role: "columnheader", class: "number" }, name),
        ),
      ),
    ),
    element("tbody", { role: "rowgroup" }, ...rows.map(([name, row]) => rowView(name, row, colors.of(name)))),
  );
}

function rowView(name: string, row: SizeRow, color: string): HTMLElement {
  const numbers = [row.mean, row.p50, row.p95, row.p99, row.max];
  return element(
    "tr",
    { role: "row" },
    element("th", { scope: "row", role: "rowheader" }, name),
    element("td", { role: "cell", class: "histogram" }, histogram(name, row, color)),
    ...numbers.map((value) => element("td", { role: "cell", class: "number" }, formatTenths(value))),
  );
}

/** Bars as high as their share of the largest one; what is there at all is at least one pixel high. */
function histogram(name: string, row: SizeRow, color: string): Element {
  const counts = binSizes(row.histogram);
  const largest = Math.max(...counts);
  const bars = counts.map((count, i) => {
    const size = count === 0 ? 0 : Math.max(1, (count / largest) * (height - 2));
    const bar = shape("rect", {
      x: i * (barWidth + gap),
      y: height - 1 - size,
      width: barWidth,
      height: size,
      rx: Math.min(2, size / 2),
    });
    const hint = shape("title", {});
    hint.textContent = `${sizeBins[i]!.label} bytes: ${formatCount(count)} packets`;
    // The whole column answers the pointer, not only the bar.
    const target = shape("rect", {
      class: "target",
      x: i * (barWidth + gap),
      y: 0,
      width: barWidth + gap,
      height,
    });
    return shape("g", {}, bar, target, hint);
  });
  const width = sizeBins.length * (barWidth + gap) - gap;
  const base = shape("line", { x1: 0, x2: width, y1: height - 0.5, y2: height - 0.5 });
  const view = shape(
    "svg",
    {
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      preserveAspectRatio: "none",
      role: "img",
      "aria-label": inWords(name, row, counts),
    },
    base,
    ...bars,
  );
  view.style.setProperty("--color", `var(${color})`);
  return view;
}

function inWords(name: string, row: SizeRow, counts: number[]): string {
  const parts = counts.flatMap((count, i) =>
    count === 0 ? [] : [`${sizeBins[i]!.label} bytes ${formatShare(count, row.count)}`],
  );
  return `${name}: ${parts.join(", ")}`;
}

/** The lower bounds of the classes, under the heading. */
function classScale(): HTMLElement {
  const short = ["0", "64", "128", "256", "512", "1k", "1.5k", "9k"];
  return element(
    "span",
    { class: "scale", "aria-hidden": "true" },
    ...short.map((text) => element("span", {}, text)),
  );
}
