/** The line above the charts: the values under the pointer, or how to use them; and the chosen span. */
import { element } from "../../lib/dom.ts";
import { formatCount, formatDuration, formatMoment } from "../format.ts";
import { formatRate } from "./chart-options.ts";
import type { CountSeries } from "./curves.ts";
import type { Span } from "./span.ts";

const hints = {
  pointer: "Drag to choose a span, wheel to zoom, double click to go back.",
  finger: "Drag sideways to choose a span.",
};

export class Readout {
  readonly element: HTMLElement;
  private readonly hint = matchMedia("(pointer: coarse)").matches ? hints.finger : hints.pointer;
  private readonly values = element("p", { class: "hint" }, this.hint);
  private readonly span = element("p", { class: "span", "aria-live": "polite" });

  constructor() {
    this.element = element("div", { class: "tools told" }, this.values, this.span);
  }

  /** @param row of `series`; undefined where the pointer is on none */
  tell(series: CountSeries | undefined, row: number | undefined): void {
    const isOnRow = series !== undefined && row !== undefined && row < series.time.length;
    this.values.className = isOnRow ? "readout" : "hint";
    this.values.textContent = isOnRow ? valuesOf(series, row).join(" · ") : this.hint;
  }

  showSpan(span: Span | undefined): void {
    const text = span === undefined ? "" : `${formatMoment(span[0])} to ${formatMoment(span[1])}`;
    if (this.span.textContent !== text) this.span.textContent = text;
  }
}

function valuesOf({ step, time, packets, bytes, anomalies }: CountSeries, row: number): string[] {
  const flagged = anomalies?.[row] ?? 0;
  return [
    formatMoment(time[row]!),
    formatRate("packets", packets[row]! / step),
    formatRate("bytes", bytes[row]! / step),
    ...(step > 1 ? [`on average of ${formatDuration(step)}`] : []),
    ...(flagged > 0 ? [`${formatCount(flagged)} abnormal`] : []),
  ];
}
