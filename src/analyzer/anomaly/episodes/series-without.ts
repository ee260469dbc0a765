/** A series of flagged packets without those of some episodes, whose own series may have coarser steps. */
import type { SeriesSnapshot } from "../../traffic/time-series.ts";

/** What a coarse step holds is taken out of the rows that lie in it, the first ones first. */
export function seriesWithout(all: SeriesSnapshot, parts: readonly SeriesSnapshot[]): SeriesSnapshot {
  if (parts.length === 0) return all;
  const { step, time } = all;
  const packets = [...all.packets];
  const bytes = [...all.bytes];
  for (const part of parts)
    part.time.forEach((start, i) => {
      let [packetsLeft, bytesLeft] = [part.packets[i]!, part.bytes[i]!];
      const until = start + part.step;
      for (let row = firstAfter(time, start - step); row < time.length && time[row]! < until; row++) {
        const taken = Math.min(packetsLeft, packets[row]!);
        const takenBytes = Math.min(bytesLeft, bytes[row]!);
        packets[row]! -= taken;
        bytes[row]! -= takenBytes;
        packetsLeft -= taken;
        bytesLeft -= takenBytes;
        if (packetsLeft <= 0) break;
      }
    });
  return { step, time, packets, bytes };
}

/** The first place whose time is after `than`; times ascend. */
function firstAfter(time: readonly number[], than: number): number {
  let [low, high] = [0, time.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (time[middle]! > than) high = middle;
    else low = middle + 1;
  }
  return low;
}
