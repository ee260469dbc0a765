import { expect, test } from "bun:test";
import { columnMedians, finiteRows } from "./finite-rows.ts";

const largest = Number.MAX_VALUE;

test("finite rows are left as they are", () => {
  const rows = Float64Array.of(1, -2, 0, largest, -largest, 5e-324);
  expect(finiteRows(rows, Float64Array.of(0, 0))).toBe(rows);
});

test("a missing value is the median of its column, an infinite one the largest number", () => {
  const rows = Float64Array.of(NaN, 1, Infinity, NaN, 3, -Infinity);
  expect(finiteRows(rows, Float64Array.of(7, 8))).toEqual(Float64Array.of(7, 1, largest, 8, 3, -largest));
});

test.each([
  ["one row", [4, 5], 2, [4, 5]],
  ["the middle of each column", [1, 9, 3, 7, 2, 8], 2, [2, 8]],
  ["without what is missing", [NaN, 1, 5, NaN, NaN, 3], 2, [5, 3]],
  ["nothing but missing values", [NaN, 1], 2, [0, 1]],
  ["infinities", [Infinity, Infinity, -Infinity], 1, [largest]],
])("medians: %s", (_, rows, width, medians) => {
  expect(columnMedians(Float64Array.from(rows), width)).toEqual(Float64Array.from(medians));
});

test("of many rows the median is taken from some, spread over all", () => {
  const rows = Float64Array.from({ length: 100_000 }, (_, i) => i);
  expect(Math.abs(columnMedians(rows, 1)[0]! - 50_000)).toBeLessThan(200);
});
