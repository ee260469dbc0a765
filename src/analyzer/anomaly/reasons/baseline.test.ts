import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { describeBaseline, quantile, surprise } from "./baseline.ts";
import { describedRows } from "./limits.ts";

const hundred = Float64Array.from({ length: 100 }, (_, i) => i + 1);

test("typical is what nine of ten rows have, feature by feature", () => {
  const rows = Float64Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? i / 2 + 1 : 7));
  const { typical, columns } = describeBaseline(rows, 2);
  expect(typical).toEqual([
    { low: 5, median: 50, high: 95 },
    { low: 7, median: 7, high: 7 },
  ]);
  expect(columns[0]).toEqual(hundred);
});

test.each([
  [0, 1],
  [0.01, 1],
  [0.5, 50],
  [0.999, 100],
  [1, 100],
])("the quantile %p of 1 to 100 is %p", (q, value) => {
  expect(quantile(hundred, q)).toBe(value);
});

test("the rows given are neither changed nor kept", () => {
  const rows = Float64Array.of(3, 1, 2);
  const baseline = describeBaseline(rows, 1);
  expect(Array.from(rows)).toEqual([3, 1, 2]);
  rows.fill(9);
  expect(baseline.typical[0]!.median).toBe(2);
});

test("of many rows some are described, spread over all", () => {
  const rows = Float64Array.from({ length: 100_000 }, (_, i) => i);
  const baseline = describeBaseline(rows, 1);
  expect(baseline.columns[0]).toHaveLength(describedRows);
  expect(Math.abs(baseline.typical[0]!.median - 50_000)).toBeLessThan(20);
});

test.each([
  ["nothing", 0, 2],
  ["half a row", 3, 2],
])("no baseline: %s", (_, values, width) => {
  expect(() => describeBaseline(new Float64Array(values), width)).toThrow(RangeError);
});

const surpriseOf = (value: number): number => surprise(describeBaseline(hundred, 1), 0, value);

describe("surprise", () => {
  test("none in the middle, more towards both ends, and more beyond them the farther", () => {
    expect(surpriseOf(50)).toBe(0);
    const upwards = [50, 60, 90, 99, 100, 101, 200, 1e6, Number.MAX_VALUE, Infinity].map(surpriseOf);
    expect(upwards).toEqual(upwards.toSorted((a, b) => a - b));
    expect(new Set(upwards.slice(0, -1)).size).toBe(upwards.length - 1);
    const downwards = [50, 40, 10, 2, 1, 0].map(surpriseOf);
    expect(downwards).toEqual(downwards.toSorted((a, b) => a - b));
    expect(upwards.every(Number.isFinite)).toBe(true);
  });

  test("a value that many have is no surprise, though it is the greatest", () => {
    const baseline = describeBaseline(Float64Array.of(0, 1, 1, 1, 1), 1);
    expect(surprise(baseline, 0, 1)).toBe(0);
    expect(surprise(baseline, 0, 0)).toBeGreaterThan(0);
  });

  test("what never varies is measured by its logarithm", () => {
    const baseline = describeBaseline(new Float64Array(1000), 1);
    expect(surprise(baseline, 0, 0)).toBe(0);
    expect(surprise(baseline, 0, 1)).toBeGreaterThan(5);
    expect(surprise(baseline, 0, 9)).toBeGreaterThan(surprise(baseline, 0, 1));
  });

  test("what is missing surprises nobody", () => {
    const baseline = describeBaseline(Float64Array.of(NaN, 1, NaN, 2), 2);
    expect(surprise(baseline, 0, 5)).toBe(0);
    expect(surprise(baseline, 1, NaN)).toBe(0);
    expect(baseline.typical[0]!.median).toBeNaN();
  });

  test("any numbers at all", () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { minLength: 1, maxLength: 40 }), fc.double(), (values, value) => {
        const found = surprise(describeBaseline(Float64Array.from(values), 1), 0, value);
        expect(found).toBeGreaterThanOrEqual(0);
        expect(found).toBeFinite();
      }),
    );
  });
});
