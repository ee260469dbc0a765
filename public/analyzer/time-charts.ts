/**
 * Packets and bytes over time: two charts one above the other, because two scales in one chart invite to read
 * crossings that mean nothing. They share their cursor and their span. Drag, or the keys, to look closer.
 */
import uPlot from "uplot";
import type { Answers } from "../../src/analyzer/dashboard/contract.ts";
import { element } from "./dom.ts";
import { formatBitRate, formatMoment, formatShort, formatTenths, formatTick } from "./format.ts";
import { seriesColumns, type SeriesColumns } from "./series-columns.ts";

interface Curve {
  title: string;
  color: string;
  column: 1 | 2;
  format: (value: number) => string;
  axis: (value: number) => string;
}

const hint = "Drag to zoom, double click for the whole capture.";

const stepped = uPlot.paths.stepped?.({ align: 1 });

/** Seconds between marks of the time axis, up to centuries; no capture is counted in less than a second. */
const timeSteps = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400,
].concat([2, 5, 10, 30, 100, 365, 1000, 3650, 10_000, 36_500].map((days) => days * 86_400));

const curves: Curve[] = [
  {
    title: "Packets a second",
    color: "--packets",
    column: 1,
    format: (value) => `${formatTenths(value)} packets/s`,
    axis: formatShort,
  },
  {
    title: "Bits a second",
    color: "--bytes",
    column: 2,
    format: formatBitRate,
    axis: (v) => formatShort(v * 8),
  },
];

export interface TimeCharts {
  readonly view: HTMLElement;
  /** Shows a series that has grown; who looks closer at a part of it goes on looking at that part. */
  update(series: Answers["/api/series"]): void;
}

/** The charts with their buttons. They follow the width they are given and the colours of the page. */
export function timeCharts(first: Answers["/api/series"]): TimeCharts {
  let series = first;
  let columns = seriesColumns(series);
  let whole = spanOf(columns);
  const readout = element("p", { class: "hint" }, hint);
  const span = element("p", { class: "span", "aria-live": "polite" });
  const reset = element("button", { type: "button", disabled: "" }, "Whole capture");
  const plots = element("div", {
    class: "plots",
    tabindex: "0",
    role: "group",
    "aria-label": "Charts over time. Plus and minus zoom, the arrow keys move, 0 shows the whole capture.",
  });
  let charts: uPlot[] = [];
  let shown = whole;

  function show([from, to]: [number, number]): void {
    const width = Math.max(Math.min(to - from, whole[1] - whole[0]), 2 * series.step);
    const start = Math.min(Math.max(from, whole[0]), whole[1] - width);
    shown = [start, start + width];
    for (const chart of charts) chart.setScale("x", { min: shown[0], max: shown[1] });
    describe();
  }

  function describe(): void {
    const isWhole = shown[0] <= whole[0] && shown[1] >= whole[1];
    reset.disabled = isWhole;
    span.textContent = isWhole ? "" : `${formatMoment(shown[0])} to ${formatMoment(shown[1])}`;
  }

  /** The values under the pointer, or how to use the charts. */
  function tell(index: number | undefined): void {
    const at = index === undefined ? undefined : columns[0][index];
    const values = curves.map(({ column, format }) => format(columns[column][index ?? 0] ?? 0));
    readout.textContent = at === undefined ? hint : [formatMoment(at), ...values].join(" · ");
    readout.className = at === undefined ? "hint" : "readout";
  }

  function draw(): void {
    for (const chart of charts) chart.destroy();
    const sync = uPlot.sync("time");
    charts = curves.map((curve, i) => {
      const last = i === curves.length - 1;
      const options = chartOptions(curve, plots.clientWidth, last);
      options.hooks = {
        setSelect: [(chart) => takeSelection(chart, show)],
        setCursor: [(chart) => tell(chart.cursor.idx ?? undefined)],
      };
      const chart = new uPlot(options, [columns[0], columns[curve.column]], plots);
      sync.sub(chart);
      return chart;
    });
    show(shown);
  }

  reset.addEventListener("click", () => show(whole));
  plots.addEventListener("dblclick", () => show(whole));
  plots.addEventListener("keydown", (event) => {
    const wanted = spanAfterKey(event.key, shown, whole);
    if (wanted === undefined) return;
    event.preventDefault();
    show(wanted);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  let drawnWidth = 0;
  new ResizeObserver(() => {
    if (plots.clientWidth === drawnWidth) return;
    drawnWidth = plots.clientWidth;
    draw();
  }).observe(plots);
  return {
    view: element("div", {}, element("div", { class: "tools" }, readout, span, reset), plots),
    update(grown) {
      const wasWhole = reset.disabled;
      series = grown;
      columns = seriesColumns(series);
      whole = spanOf(columns);
      charts.forEach((chart, i) => chart.setData([columns[0], columns[curves[i]!.column]], false));
      show(wasWhole ? whole : shown);
      for (const chart of charts) chart.redraw(true, true);
    },
  };
}

function spanOf(columns: SeriesColumns): [number, number] {
  return [columns[0][0] ?? 0, columns[0].at(-1) ?? 1];
}

/** The span a key asks for, or undefined for keys that mean nothing here. */
function spanAfterKey(
  key: string,
  [from, to]: [number, number],
  whole: [number, number],
): [number, number] | undefined {
  const width = to - from;
  switch (key) {
    case "+":
    case "=":
      return [from + width / 4, to - width / 4];
    case "-":
      return [from - width / 2, to + width / 2];
    case "ArrowLeft":
      return [from - width / 4, to - width / 4];
    case "ArrowRight":
      return [from + width / 4, to + width / 4];
    case "0":
    case "Escape":
      return whole;
    default:
      return undefined;
  }
}

/** Hands the span that was dragged over on, and clears it. */
function takeSelection(chart: uPlot, show: (span: [number, number]) => void): void {
  const { left, width } = chart.select;
  if (width < 4) return;
  chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  show([chart.posToVal(left, "x"), chart.posToVal(left + width, "x")]);
}

function timeLabels(_chart: uPlot, ticks: number[], _axis: number, _space: number, step: number): string[] {
  return ticks.map((tick) => formatTick(tick, step));
}

function chartOptions(curve: Curve, width: number, withTimes: boolean): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const color = style.getPropertyValue(curve.color).trim();
  const grid = { stroke: style.getPropertyValue("--grid").trim(), width: 1 };
  const axis = {
    stroke: style.getPropertyValue("--muted").trim(),
    grid,
    ticks: grid,
    font: "12px system-ui",
  };
  const times = { incrs: timeSteps, space: 80 };
  return {
    width,
    height: withTimes ? 194 : 170,
    title: curve.title,
    // The same on both, so that the charts stand exactly one above the other.
    padding: [6, 40, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      sync: { key: "time", setSeries: false },
      drag: { x: true, y: false, setScale: false },
      // The double click of uPlot resets one chart; ours resets both.
      bind: { dblclick: () => null },
    },
    scales: { y: { range: (_chart, _min, max) => [0, (max || 1) * 1.05] } },
    axes: [
      withTimes
        ? { ...axis, ...times, size: 34, values: timeLabels }
        : { ...axis, ...times, size: 10, values: () => [] },
      { ...axis, size: 52, space: 28, values: (_chart, ticks) => ticks.map(curve.axis) },
    ],
    series: [
      {},
      {
        label: curve.title,
        stroke: color,
        fill: `color-mix(in srgb, ${color} 18%, transparent)`,
        width: 1.5,
        // A row holds from its time to the next: no slopes that were not measured.
        ...(stepped === undefined ? {} : { paths: stepped }),
        points: { show: false },
      },
    ],
  };
}
