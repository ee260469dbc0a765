/** Marks the steps that have flagged packets, on the canvas of a chart: a band behind the curves, a bar at the top. */
import type uPlot from "uplot";
import type { CountSeries } from "./curves.ts";

/** Pixels of the bar, and least of a mark, in CSS pixels. */
const barHeight = 5;
const leastWidth = 2;

/** Draws bands; before the curves. Steps that fall on the same pixels are drawn once. */
export function drawAnomalyBands(chart: uPlot, steps: CountSeries, color: string): void {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.fillStyle = color;
  ctx.globalAlpha = 0.13;
  for (const [left, width] of markedPixels(chart, steps)) ctx.fillRect(left, bbox.top, width, bbox.height);
  ctx.restore();
}

/** Draws the bars at the top, where curves hardly come; after the curves. */
export function drawAnomalyBars(chart: uPlot, steps: CountSeries, color: string): void {
  const { ctx, bbox } = chart;
  const height = barHeight * devicePixelRatio;
  ctx.save();
  ctx.fillStyle = color;
  for (const [left, width] of markedPixels(chart, steps)) ctx.fillRect(left, bbox.top, width, height);
  ctx.restore();
}

/** The marked stretches within sight, joined where they touch. */
function markedPixels(chart: uPlot, { step, time, anomalies }: CountSeries): [left: number, width: number][] {
  const { bbox } = chart;
  const stretches: [left: number, width: number][] = [];
  if (anomalies === undefined) return stretches;
  const { min = null, max = null } = chart.scales["x"] ?? {};
  if (min === null || max === null) return stretches;
  const least = leastWidth * devicePixelRatio;
  for (let i = 0; i < time.length; i++) {
    const from = time[i]!;
    if (!anomalies[i] || from + step <= min || from >= max) continue;
    const left = Math.max(chart.valToPos(from, "x", true), bbox.left);
    const right = Math.min(
      Math.max(chart.valToPos(from + step, "x", true), left + least),
      bbox.left + bbox.width,
    );
    const last = stretches.at(-1);
    if (last !== undefined && left <= last[0] + last[1]) last[1] = Math.max(last[1], right - last[0]);
    else stretches.push([left, right - left]);
  }
  return stretches;
}
