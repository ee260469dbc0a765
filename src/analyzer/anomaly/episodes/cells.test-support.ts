/** Flagged cells for tests. */
import type { Reason } from "../reasons/reason.ts";
import type { FlaggedCell } from "./flagged-cell.ts";

export function reason(feature: string, value: number, text: string, weight = 0.5): Reason {
  return { feature, value, typical: { low: 1, median: 2, high: 3 }, weight, text };
}

export function cell(source: string, destination: string, more: Partial<FlaggedCell> = {}): FlaggedCell {
  return {
    cause: "forest:source",
    focus: "source",
    source,
    destination,
    number: 1,
    start: 0,
    end: more.start ?? 0,
    packets: 1,
    score: 0.7,
    reasons: [],
    ...more,
  };
}

export const address = (i: number): string => `10.${i >>> 16}.${(i >>> 8) & 255}.${i & 255}`;
