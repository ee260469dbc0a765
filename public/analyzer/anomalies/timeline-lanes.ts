/** Where each episode lies on the strip of the capture's span: beside each other in lanes where they overlap. */

/** Lanes at most; what finds none lies over others in the last one. */
const maxLanes = 6;

export interface TimelineBar {
  /** Shares of the strip's width, 0 to 1. */
  left: number;
  width: number;
  lane: number;
}

interface Span {
  start: number;
  end: number;
}

/**
 * A bar for each of `spans`, in their order.
 * @param whole the span of the strip; bars are cut at its ends
 * @param least the least width of a bar, as a share of the strip
 */
export function timelineBars(spans: readonly Span[], whole: Span, least: number): TimelineBar[] {
  const length = Math.max(whole.end - whole.start, Number.MIN_VALUE);
  const place = (time: number): number => Math.min(1, Math.max(0, (time - whole.start) / length));
  const bars = spans.map(({ start, end }) => {
    const left = Math.min(place(start), 1 - least);
    return { left, width: Math.max(place(end) - left, least), lane: 0 };
  });
  const ends: number[] = [];
  for (const bar of bars.toSorted((a, b) => a.left - b.left)) {
    const free = ends.findIndex((end) => end <= bar.left);
    bar.lane = free >= 0 ? free : Math.min(ends.length, maxLanes - 1);
    ends[bar.lane] = Math.max(ends[bar.lane] ?? 0, bar.left + bar.width);
  }
  return bars;
}

/** How many lanes the bars take. */
export function lanesOf(bars: readonly TimelineBar[]): number {
  return bars.reduce((most, { lane }) => Math.max(most, lane + 1), 1);
}
