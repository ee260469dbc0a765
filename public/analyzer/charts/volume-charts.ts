/**
 * Packets and bits over time: charts one above the other, because two scales in one chart invite to read crossings
 * that mean nothing. They share their cursor and their span. This class draws; what is done to a span it hands on.
 */
import uPlot from "uplot";
import { element } from "../../lib/dom.ts";
import type { Measure, Split } from "../view-state.ts";
import { drawAnomalyBands, drawAnomalyBars } from "./anomaly-marks.ts";
import { chartOptions, colorOf, type DrawnMeasure } from "./chart-options.ts";
import { drawnColumns, type CountSeries, type Curve, type DrawnColumns } from "./curves.ts";
import { letFingersDrag } from "./finger-drag.ts";
import type { Span } from "./span.ts";

export interface VolumeData {
  series: CountSeries;
  curves: readonly Curve[];
  /** Names of the style's colours, one a curve; undefined where there is one curve. */
  colors: readonly string[] | undefined;
  measure: Measure;
  split: Split;
  /** The most that the charts show, a second; by what is in sight, where left out. */
  ceiling?: Readonly<Record<DrawnMeasure, number>>;
}

export interface VolumeEvents {
  /** A span was dragged over. */
  selected(span: Span): void;
  /** The wheel was turned. @returns whether the span changed */
  zoomed(factor: number, at: number): boolean;
  /** The pointer is on a row of the series, or on none. */
  pointed(row: number | undefined): void;
}

interface Drawn {
  chart: uPlot;
  measure: DrawnMeasure;
  columns: DrawnColumns;
}

/** A notch of the wheel. */
const wheelFactor = 0.8;

export class VolumeCharts {
  readonly element = element("div", { class: "plots" });
  private readonly events: VolumeEvents;
  private readonly syncKey: string;
  private drawn: Drawn[] = [];
  private data: VolumeData | undefined;
  private shape = "";
  private span: Span | undefined;
  private width = 0;
  private readonly tick: ((seconds: number, step: number) => string) | undefined;

  constructor(events: VolumeEvents, syncKey: string, tick?: (seconds: number, step: number) => string) {
    this.events = events;
    this.syncKey = syncKey;
    this.tick = tick;
    this.element.addEventListener("wheel", (event) => this.turn(event), { passive: false });
    letFingersDrag(this.element);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
    new ResizeObserver(() => this.resize()).observe(this.element);
  }

  /** Shows a series, and of it a span; the charts stay where only their rows are new. */
  show(data: VolumeData, span: Span): void {
    this.data = data;
    this.span = span;
    const shape = [
      data.measure,
      data.split,
      ...data.curves.map(({ name }) => name),
      ...(data.colors ?? []),
    ].join();
    if (shape !== this.shape || this.drawn.length === 0) {
      this.shape = shape;
      this.draw();
      return;
    }
    for (const drawn of this.drawn) {
      drawn.columns = drawnColumns(data.series, data.curves, drawn.measure, data.split);
      drawn.chart.setData(chartData(drawn.columns, data.split), false);
    }
    this.look(span);
  }

  private look([min, max]: Span): void {
    for (const { chart } of this.drawn) chart.setScale("x", { min, max });
  }

  private draw(): void {
    const { data, span, width } = this;
    for (const { chart } of this.drawn) chart.destroy();
    this.drawn = [];
    if (data === undefined || span === undefined || width === 0) return;
    const shown: DrawnMeasure[] =
      data.measure === "both" ? ["packets", "bytes"] : [data.measure === "bits" ? "bytes" : "packets"];
    this.drawn = shown.map((measure, i) => this.drawOne(data, measure, i === shown.length - 1, shown.length));
    this.look(span);
  }

  private drawOne(data: VolumeData, measure: DrawnMeasure, isLast: boolean, count: number): Drawn {
    const columns = drawnColumns(data.series, data.curves, measure, data.split);
    const height = (count === 1 ? 250 : 142) + (isLast ? 24 : 0);
    const options = chartOptions({
      measure,
      split: data.split,
      width: this.width,
      height,
      withTimes: isLast,
      colors: data.colors,
      syncKey: this.syncKey,
      ...(this.tick === undefined ? {} : { tick: this.tick }),
    });
    const { ceiling } = data;
    // Asked at every drawing, for what is drawn may have grown.
    if (ceiling !== undefined)
      options.scales!["y"] = { range: () => [0, ((this.data?.ceiling ?? ceiling)[measure] || 1) * 1.05] };
    options.hooks = {
      drawAxes: [(chart) => drawAnomalyBands(chart, this.data!.series, colorOf("--anomaly"))],
      draw: [(chart) => drawAnomalyBars(chart, this.data!.series, colorOf("--anomaly"))],
      setSelect: [(chart) => this.take(chart)],
      setCursor: [(chart) => this.point(chart.cursor.idx ?? undefined)],
    };
    const chart = new uPlot(options, chartData(columns, data.split), this.element);
    chart.root.setAttribute("aria-hidden", "true");
    uPlot.sync(this.syncKey).sub(chart);
    return { chart, measure, columns };
  }

  private point(index: number | undefined): void {
    const row = index === undefined ? -1 : (this.drawn[0]?.columns.from[index] ?? -1);
    this.events.pointed(row < 0 ? undefined : row);
  }

  /** Hands the span that was dragged over on, and clears it. */
  private take(chart: uPlot): void {
    const { left, width } = chart.select;
    if (width < 4) return;
    chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.events.selected([chart.posToVal(left, "x"), chart.posToVal(left + width, "x")]);
  }

  /** Where nothing more can be seen, the wheel scrolls the page as everywhere. */
  private turn(event: WheelEvent): void {
    const chart = this.drawn[0]?.chart;
    if (chart === undefined || event.deltaY === 0 || event.shiftKey) return;
    const at = chart.posToVal(event.clientX - chart.over.getBoundingClientRect().left, "x");
    if (this.events.zoomed(event.deltaY < 0 ? wheelFactor : 1 / wheelFactor, at)) event.preventDefault();
  }

  private resize(): void {
    const { clientWidth } = this.element;
    if (clientWidth === this.width) return;
    this.width = clientWidth;
    this.draw();
  }
}

function chartData({ time, drawn }: DrawnColumns, split: Split): uPlot.AlignedData {
  return [time, ...(split === "stacked" ? drawn.toReversed() : drawn)];
}
