/** A comparison with a number as a range of whole numbers, so that one loop answers all of them. */
import type { Comparison } from "./filter-node.ts";

export interface NumberRange {
  /** Whole numbers from `low` to `high` are in it, both included; none where `low` is above. */
  low: number;
  high: number;
  /** The others are meant. */
  inverted: boolean;
}

/** The whole numbers that compare so with `value`, which may have fractions. */
export function numberRange(comparison: Comparison, value: number): NumberRange {
  const [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  switch (comparison) {
    case "<":
      return { low, high: Math.ceil(value) - 1, inverted: false };
    case "<=":
      return { low, high: Math.floor(value), inverted: false };
    case ">":
      return { low: Math.floor(value) + 1, high, inverted: false };
    case ">=":
      return { low: Math.ceil(value), high, inverted: false };
    default:
      return { low: Math.ceil(value), high: Math.floor(value), inverted: comparison === "!=" };
  }
}

export function isInRange({ low, high, inverted }: NumberRange, value: number): boolean {
  return (value >= low && value <= high) !== inverted;
}
