/** When the episodes were, as a strip over the capture's span. The list below says the same in words. */
import type { EpisodeRow } from "../../../src/analyzer/dashboard/contract.ts";
import { element } from "../../lib/dom.ts";
import { formatDuration, formatMoment } from "../format.ts";
import { lanesOf, timelineBars } from "./timeline-lanes.ts";

/** The least width of a bar, so that it can be pointed at. */
const leastShare = 0.006;

/** Undefined where there is no time to show. @param onPick a bar was clicked: the place of its episode */
export function episodeTimeline(
  episodes: readonly EpisodeRow[],
  firstTime: number | null,
  lastTime: number | null,
  onPick: (place: number) => void,
): HTMLElement | undefined {
  if (firstTime === null || lastTime === null || lastTime <= firstTime) return undefined;
  // Without times there is nothing to draw.
  const timed = [...episodes.entries()].filter(([, { start }]) => Number.isFinite(start));
  if (timed.length === 0) return undefined;
  const spans = timed.map(([, episode]) => episode);
  const bars = timelineBars(spans, { start: firstTime, end: lastTime }, leastShare);
  const strip = element("div", { class: "strip", "aria-hidden": "true" });
  strip.style.setProperty("--lanes", String(lanesOf(bars)));
  for (const [i, { left, width, lane }] of bars.entries()) {
    const [place, episode] = timed[i]!;
    const bar = element("span", {
      class: episode.expected ? "strip-bar expected" : "strip-bar",
      title: `${formatMoment(episode.start)}, score ${episode.score.toFixed(2)}: ${episode.title}`,
    });
    bar.style.setProperty("--left", String(left));
    bar.style.setProperty("--width", String(width));
    bar.style.setProperty("--lane", String(lane));
    bar.addEventListener("click", () => onPick(place));
    strip.append(bar);
  }
  return element(
    "div",
    { class: "timeline" },
    strip,
    element(
      "p",
      { class: "strip-scale hint" },
      element("span", {}, formatMoment(firstTime)),
      element("span", {}, formatDuration(lastTime - firstTime)),
      element("span", {}, formatMoment(lastTime)),
    ),
  );
}
