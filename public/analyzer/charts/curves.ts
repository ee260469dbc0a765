/** What the volume charts draw of a series: one curve for all, or one for each protocol, the largest first. Pure. */
import type { Answers } from "../../../src/analyzer/dashboard/contract.ts";
import type { Split } from "../view-state.ts";
import { rateColumns, stacked, type RateColumns } from "./rate-columns.ts";
import { rowsInSight } from "./rows-in-sight.ts";
import type { Span } from "./span.ts";

type Series = Answers["/api/series"];

/** Counts of all that is selected; row `i` is the time from `time[i]` to `time[i] + step`, in seconds. */
export interface CountSeries {
  step: number;
  time: readonly number[];
  packets: readonly number[];
  bytes: readonly number[];
  /** Flagged packets; undefined where they were not looked for. */
  anomalies?: readonly number[] | undefined;
}

/** Curves by protocol; the protocols after them are drawn as one. */
export const maxCurves = 7;

export interface Curve {
  /** `total`, a protocol, or `others`. */
  name: string;
  /** Counts of each step. */
  packets: readonly number[];
  bytes: readonly number[];
}

/** The curves, and in which of them a packet of the selection is. */
export function curvesOf(series: Series, split: Split): Curve[] {
  const { protocols } = series;
  if (split === "total" || protocols === undefined)
    return [{ name: "total", packets: series.packets, bytes: series.bytes }];
  const all = Object.entries(protocols)
    .map(([name, { packets, bytes }]) => ({ name, packets, bytes, sum: sumOf(bytes) }))
    .filter(({ packets }) => packets.some((count) => count > 0))
    .sort((a, b) => b.sum - a.sum);
  const shown = all.slice(0, all.length > maxCurves + 1 ? maxCurves : maxCurves + 1);
  const rest = all.slice(shown.length);
  const curves: Curve[] = shown.map(({ name, packets, bytes }) => ({ name, packets, bytes }));
  if (rest.length > 0)
    curves.push({
      name: "others",
      packets: added(rest.map(({ packets }) => packets)),
      bytes: added(rest.map(({ bytes }) => bytes)),
    });
  return curves;
}

/** What a chart draws of one measure: `drawn` as high as it stands in the chart, `rates` as they are told. */
export interface DrawnColumns extends RateColumns {
  drawn: number[][];
}

export function drawnColumns(
  { step, time }: CountSeries,
  curves: readonly Curve[],
  measure: "packets" | "bytes",
  split: Split,
): DrawnColumns {
  const columns = rateColumns(
    step,
    time,
    curves.map((curve) => curve[measure]),
  );
  return { ...columns, drawn: split === "stacked" ? stacked(columns.rates) : columns.rates };
}

/** What a chart shows of a span: the same series and curves, with no more rows than it has room for. */
export function inSight(
  { step, time, packets, bytes, anomalies }: CountSeries,
  curves: readonly Curve[],
  span: Span,
): { series: CountSeries; curves: Curve[] } {
  const columns = [
    packets,
    bytes,
    anomalies ?? [],
    ...curves.flatMap((curve) => [curve.packets, curve.bytes]),
  ];
  const seen = rowsInSight({ step, time, columns }, span);
  const [seenPackets = [], seenBytes = [], seenAnomalies, ...rest] = seen.columns;
  return {
    series: {
      step: seen.step,
      time: seen.time,
      packets: seenPackets,
      bytes: seenBytes,
      anomalies: anomalies === undefined ? undefined : seenAnomalies,
    },
    curves: curves.map(({ name }, i) => ({ name, packets: rest[2 * i] ?? [], bytes: rest[2 * i + 1] ?? [] })),
  };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function added(columns: readonly (readonly number[])[]): number[] {
  const sums = Array.from<number>({ length: columns[0]?.length ?? 0 }).fill(0);
  for (const column of columns) column.forEach((value, i) => (sums[i]! += value));
  return sums;
}
