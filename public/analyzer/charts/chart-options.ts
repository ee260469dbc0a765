/** How a volume chart looks: the options of uPlot that do not depend on what is done with it. */
import uPlot from "uplot";
import { formatBitRate, formatShort, formatTenths, formatTick } from "../format.ts";
import type { Split } from "../view-state.ts";

export type DrawnMeasure = "packets" | "bytes";

const stepped = uPlot.paths.stepped?.({ align: 1 });

/** Seconds between marks of the time axis, up to centuries; no capture is counted in less than a second. */
const timeSteps = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400,
].concat([2, 5, 10, 30, 100, 365, 1000, 3650, 10_000, 36_500].map((days) => days * 86_400));

/** Between marks of the other axis: they stay apart as they are told, to a tenth. */
const rateSteps = Array.from({ length: 14 }, (_, power) =>
  [1, 2, 5].map((first) => first * 10 ** (power - 1)),
).flat();

const measures = {
  packets: {
    title: "Packets a second",
    color: "--packets",
    format: (value: number) => `${formatTenths(value)} packets/s`,
    axis: formatShort,
    steps: rateSteps,
  },
  bytes: {
    title: "Bits a second",
    color: "--bytes",
    format: formatBitRate,
    axis: (value: number) => formatShort(value * 8),
    steps: rateSteps.map((bits) => bits / 8),
  },
} as const;

/** A rate as it is told: `12.3 packets/s`, `601 kbit/s`. @param value packets or bytes a second */
export function formatRate(measure: DrawnMeasure, value: number): string {
  return measures[measure].format(value);
}

/** The colour that a name of the style stands for now. */
export function colorOf(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

export interface ChartLook {
  measure: DrawnMeasure;
  split: Split;
  width: number;
  height: number;
  /** Whether the time is told below it. */
  withTimes: boolean;
  /** Names of the style's colours, one a curve; undefined for the only one. */
  colors: readonly string[] | undefined;
  /** Charts of the same key have one cursor. */
  syncKey: string;
  /** What stands on the time axis; clock times where left out. */
  tick?: (seconds: number, step: number) => string;
}

export function chartOptions(look: ChartLook): uPlot.Options {
  const { measure, width, height, withTimes, tick = formatTick } = look;
  const grid = { stroke: colorOf("--grid"), width: 1 };
  const axis = { stroke: colorOf("--muted"), grid, ticks: grid, font: "12px system-ui" };
  const times = { incrs: timeSteps, space: 80 };
  const { title, axis: label, steps } = measures[measure];
  return {
    width,
    height,
    title,
    // The same on all, so that the charts stand exactly one above the other.
    padding: [6, 26, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      // On whole pixels, so that what is told to the other charts is the same place there.
      move: (_chart, left, top) => [Math.round(left), Math.round(top)],
      sync: { key: look.syncKey, setSeries: false },
      drag: { x: true, y: false, setScale: false },
      points: { show: look.split !== "stacked" },
      // The double click of uPlot resets one chart; ours resets all.
      bind: { dblclick: () => null },
    },
    scales: { x: { time: false }, y: { range: (_chart, _min, max) => [0, (max || 1) * 1.05] } },
    axes: [
      withTimes
        ? {
            ...axis,
            ...times,
            size: 34,
            values: (_chart, ticks, _axis, _space, step) => ticks.map((at) => tick(at, step)),
          }
        : { ...axis, ...times, size: 10, values: () => [] },
      {
        ...axis,
        size: 52,
        space: 28,
        incrs: steps,
        splits: (_chart, _axis, _min, max, step) =>
          Array.from({ length: Math.floor(max / step) + 1 }, (_, i) => i * step),
        values: (_chart, ticks) => ticks.map(label),
      },
    ],
    series: [{}, ...seriesOf(look)],
  };
}

function seriesOf({ measure, split, colors }: ChartLook): uPlot.Series[] {
  // A row holds from its time to the next: no slopes that were not measured.
  const base = { ...(stepped === undefined ? {} : { paths: stepped }), points: { show: false } };
  if (colors === undefined) {
    const color = colorOf(measures[measure].color);
    return [{ ...base, stroke: color, fill: `color-mix(in srgb, ${color} 18%, transparent)`, width: 1.5 }];
  }
  const drawn = colors.map((name): uPlot.Series => {
    const color = colorOf(name);
    // Each stands on the one below it, so the highest is drawn first and covered by what is below.
    if (split === "stacked") return { ...base, fill: color, width: 0 };
    return { ...base, stroke: color, width: 1.75 };
  });
  return split === "stacked" ? drawn.toReversed() : drawn;
}
