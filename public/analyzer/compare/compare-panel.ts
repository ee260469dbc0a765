/** Two captures before and after: the same numbers and charts in two columns, and what is different between them. */
import type { Answers } from "../../../src/analyzer/dashboard/contract.ts";
import { VolumeCharts } from "../charts/volume-charts.ts";
import { curvesOf, inSight } from "../charts/curves.ts";
import { element } from "../../lib/dom.ts";
import { formatDuration } from "../format.ts";
import type { Panel, PanelContext } from "../panel.ts";
import { selectionKey, type ViewState } from "../view-state.ts";
import { compareNumbers, compareProtocols, type ComparedRow } from "./compare-reports.ts";
import { fromItsStart } from "./from-its-start.ts";

type Report = Answers["/api/report"];

export class ComparePanel implements Panel {
  readonly element: HTMLElement;
  private readonly context: PanelContext;
  private readonly charts = [comparedChart(), comparedChart()] as const;
  private readonly names = [element("h3", {}), element("h3", {})] as const;
  private readonly numbers = element("div", { class: "scroll" });
  private readonly protocols = element("div", { class: "scroll" });

  constructor(context: PanelContext) {
    this.context = context;
    const end = element("button", { type: "button" }, "End comparison");
    end.addEventListener("click", () => context.view.set({ compare: undefined }));
    this.element = element(
      "div",
      { class: "compare" },
      element(
        "section",
        { class: "card" },
        element("div", { class: "card-head" }, element("h2", {}, "Two captures compared"), end),
        element(
          "p",
          { class: "hint" },
          "The filter holds for both, a span of time for neither. Each chart begins with its own capture, on the same scales.",
        ),
        element(
          "div",
          { class: "columns" },
          ...this.charts.map((chart, i) => element("div", {}, this.names[i], chart.element)),
        ),
      ),
      element("section", { class: "card" }, element("h2", {}, "Numbers"), this.numbers),
      element(
        "section",
        { class: "card" },
        element("h2", {}, "Share of packets by protocol"),
        this.protocols,
      ),
    );
  }

  dependsOn({ selection: { from: _from, to: _to, ...rest }, compare, measure }: ViewState): string {
    return [selectionKey(rest), compare, measure].join();
  }

  async update({ selection, compare, measure }: ViewState, signal: AbortSignal): Promise<void> {
    const { from: _from, to: _to, ...first } = selection;
    const both = [first, { ...first, capture: compare }];
    const { data } = this.context;
    const [a, b] = await Promise.all(both.map((one) => data.get("/api/report", one, signal)));
    const series = await Promise.all(both.map((one) => data.get("/api/series", one, signal)));
    const relative = series.map(fromItsStart);
    const longest = Math.max(1, ...relative.map(({ time, step }) => (time.at(-1) ?? 0) + step));
    const drawn = relative.map((series) => inSight(series, curvesOf(series, "total"), [0, longest]));
    // One scale for both, or the heights could not be compared.
    const most = (measure: "packets" | "bytes"): number =>
      Math.max(...drawn.map(({ series }) => largestOf(series[measure]) / series.step));
    const ceiling = { packets: most("packets"), bytes: most("bytes") };
    for (const [i, one] of drawn.entries())
      this.charts[i]!.show({ ...one, colors: undefined, measure, split: "total", ceiling }, [0, longest]);
    this.names[0].textContent = nameOf(a!);
    this.names[1].textContent = nameOf(b!);
    const headings = [nameOf(a!), nameOf(b!)] as const;
    this.numbers.replaceChildren(comparedTable("", headings, compareNumbers(a!, b!)));
    this.protocols.replaceChildren(comparedTable("Protocol", headings, compareProtocols(a!, b!)));
  }
}

function comparedChart(): VolumeCharts {
  const events = { selected: () => undefined, zoomed: () => false, pointed: () => undefined };
  return new VolumeCharts(events, "compare", formatDuration);
}

/** On a narrow screen a row has two lines; the roles keep it a table for who hears it. */
function comparedTable(
  heading: string,
  names: readonly [string, string],
  rows: readonly ComparedRow[],
): HTMLElement {
  const headings = [heading, ...names, "Difference"].map((text, i) =>
    element("th", { scope: "col", role: "columnheader", ...(i === 0 ? {} : { class: "number" }) }, text),
  );
  return element(
    "table",
    { class: "two-lines compared", role: "table" },
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...headings)),
    element(
      "tbody",
      { role: "rowgroup" },
      ...rows.map(({ name, a, b, difference }) =>
        element(
          "tr",
          { role: "row" },
          element("th", { scope: "row", role: "rowheader" }, name),
          element("td", { role: "cell", class: "number" }, a),
          element("td", { role: "cell", class: "number" }, b),
          element(
            "td",
            { role: "cell", class: difference === "same" ? "number same" : "number" },
            difference,
          ),
        ),
      ),
    ),
  );
}

function largestOf(values: readonly number[]): number {
  return values.reduce((largest, value) => Math.max(largest, value), 0);
}

function nameOf({ source }: Report): string {
  return source.name.split(/[\\/]/).at(-1) ?? source.name;
}
