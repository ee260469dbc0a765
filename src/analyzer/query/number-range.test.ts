import { expect, test } from "bun:test";
import type { Comparison } from "./filter-node.ts";
import { isInRange, numberRange } from "./number-range.ts";

const comparisons: Record<Comparison, (a: number, b: number) => boolean> = {
  "=": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

test("whole numbers compare with any number as JavaScript compares them", () => {
  for (const [comparison, holds] of Object.entries(comparisons))
    for (const value of [0, 0.5, 1, 1.5, 2])
      for (const number of [0, 1, 2, 3])
        expect([
          comparison,
          value,
          number,
          isInRange(numberRange(comparison as Comparison, value), number),
        ]).toEqual([comparison, value, number, holds(number, value)]);
});
