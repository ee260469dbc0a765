/**
 * Five items by ten students, worked by hand with sums of squares and products, as fractions:
 *
 *              1    2    3    4    5      T
 *      max     1    1    1    2    1
 *      a       1    1    1    2    1      6
 *      b       1    1    0    2    1      5
 *      c       1    1    1    1    0      4
 *      d       1    0    1    2    1/2    9/2
 *      e       0    1    1    1    1      4
 *      f       1    1    0    0    1/2    5/2
 *      g       1    0    0    1    1      3
 *      h       0    0    1    0    0      1
 *      i       1    0    0    0    1      2
 *      j       0    0    0    0    1/2    1/2
 *      sum     7    5    5    9    13/2   65/2
 *
 * For example item 1: sum of x² = 7, so V(x) = (7 - 49/10) / 9 = 7/30; sum of x X = 20, sum of X = 51/2, so
 * C(x, X) = (20 - 7 · 51/2 / 10) / 9 = 43/180.
 */
import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { covariance, itemStatistics } from "./item-statistics.ts";
import { quizStatistics } from "./quiz-statistics.ts";

const marks = [
  [1, 1, 1, 2, 1],
  [1, 1, 0, 2, 1],
  [1, 1, 1, 1, 0],
  [1, 0, 1, 2, 1 / 2],
  [0, 1, 1, 1, 1],
  [1, 1, 0, 0, 1 / 2],
  [1, 0, 0, 1, 1],
  [0, 0, 1, 0, 0],
  [1, 0, 0, 0, 1],
  [0, 0, 0, 0, 1 / 2],
];
const maxMarks = [1, 1, 1, 2, 1];

/** By hand: facility, V(x), V(X), C(x, X), Cmax(x, X), C(x, T). */
const byHand = [
  [7 / 10, 7 / 30, 869 / 360, 43 / 180, 103 / 180, 17 / 36],
  [1 / 2, 5 / 18, 161 / 72, 11 / 36, 23 / 36, 7 / 12],
  [1 / 2, 5 / 18, 193 / 72, 1 / 12, 23 / 36, 13 / 36],
  [9 / 20, 23 / 30, 127 / 120, 13 / 20, 137 / 180, 17 / 12],
  [13 / 20, 61 / 360, 122 / 45, 11 / 90, 28 / 45, 7 / 24],
] as const;

const digits = 10;

describe("five items by ten students, worked by hand", () => {
  const items = itemStatistics(marks, maxMarks);
  const roots = byHand.reduce((sum, [, , , , , withTotal]) => sum + Math.sqrt(withTotal), 0);
  for (const [index, [facility, own, rest, both, largest, withTotal]] of byHand.entries())
    test(`item ${index + 1}`, () => {
      const item = items[index]!;
      expect(item.facility).toBeCloseTo(facility, digits);
      expect(item.markVariance).toBeCloseTo(own, digits);
      expect(item.standardDeviation).toBeCloseTo(Math.sqrt(own) / maxMarks[index]!, digits);
      expect(item.discriminationIndex).toBeCloseTo(both / Math.sqrt(own * rest), digits);
      expect(item.discriminativeEfficiency).toBeCloseTo(both / largest, digits);
      expect(item.effectiveWeight).toBeCloseTo(Math.sqrt(withTotal) / roots, digits);
      expect(item.intendedWeight).toBeCloseTo(maxMarks[index]! / 6, digits);
    });

  test("the quiz", () => {
    const quiz = quizStatistics(marks, items);
    // Mean powers of T - 13/4: 45/16, -9/16, 19869/1280; so k2 = 25/8, k3 = -25/32, k4 = -2855/336.
    expect(quiz.students).toBe(10);
    expect(quiz.mean).toBeCloseTo(13 / 4, digits);
    expect(quiz.median).toBeCloseTo(7 / 2, digits);
    expect(quiz.standardDeviation).toBeCloseTo(Math.sqrt(25 / 8), digits);
    expect(quiz.skewness).toBeCloseTo(-25 / 32 / (25 / 8) ** 1.5, digits);
    expect(quiz.kurtosis).toBeCloseTo(-2855 / 336 / (625 / 64), digits);
    // The variances of the items sum up to 69/40: 5/4 · (1 - 69/40 / (25/8)) = 14/25.
    expect(quiz.internalConsistency).toBeCloseTo(14 / 25, digits);
    expect(quiz.errorRatio).toBeCloseTo(Math.sqrt(11 / 25), digits);
    expect(quiz.standardError).toBeCloseTo(Math.sqrt(11 / 25) * Math.sqrt(25 / 8), digits);
  });
});

/** S times the sum of products less the product of sums. */
function scaled(a: readonly bigint[], b: readonly bigint[]): bigint {
  return BigInt(a.length) * wholeSum(a.map((value, index) => value * b[index]!)) - wholeSum(a) * wholeSum(b);
}

function wholeSum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}

function ascending(values: readonly bigint[]): bigint[] {
  return values.toSorted((a, b) => Number(a - b));
}

/** The same again in whole numbers: marks in halves, covariances times S (S - 1) 4, without any rounding. */
test("the fractions of the table are those of exact arithmetic", () => {
  const halves = marks.map((row) => row.map((mark) => BigInt(mark * 2)));
  const totals = halves.map((row) => row.reduce((sum, mark) => sum + mark, 0n));
  for (const [item, [, own, rest, both, largest, withTotal]] of byHand.entries()) {
    const x = halves.map((row) => row[item]!);
    const others = totals.map((total, student) => total - x[student]!);
    const exact = [
      scaled(x, x),
      scaled(others, others),
      scaled(x, others),
      scaled(ascending(x), ascending(others)),
      scaled(x, totals),
    ];
    expect(exact.map((value) => Number(value))).toEqual(
      [own, rest, both, largest, withTotal].map((value) => Math.round(value * 360)),
    );
    for (const value of [own, rest, both, largest, withTotal])
      expect(Math.abs(value * 360 - Math.round(value * 360))).toBeLessThan(1e-9);
  }
});

describe("what cannot be said is left open", () => {
  test("nobody", () => {
    const items = itemStatistics([], [1, 1]);
    expect(items[0]).toEqual({
      facility: undefined,
      standardDeviation: undefined,
      discriminationIndex: undefined,
      discriminativeEfficiency: undefined,
      effectiveWeight: undefined,
      intendedWeight: 0.5,
      markVariance: undefined,
    });
    expect(quizStatistics([], items)).toMatchObject({ students: 0, mean: undefined, median: undefined });
  });

  test("one student", () => {
    const items = itemStatistics([[1, 0]], [1, 1]);
    expect(items[0]).toMatchObject({
      facility: 1,
      standardDeviation: undefined,
      discriminationIndex: undefined,
    });
    expect(quizStatistics([[1, 0]], items)).toMatchObject({ mean: 1, standardDeviation: undefined });
  });

  test("everybody the same, also where sums are rounded", () => {
    const same = Array.from({ length: 7 }, () => [0.1, 0.7]);
    const items = itemStatistics(same, [1, 1]);
    expect(items[0]).toMatchObject({
      standardDeviation: 0,
      discriminationIndex: undefined,
      discriminativeEfficiency: undefined,
      effectiveWeight: undefined,
    });
    expect(quizStatistics(same, items)).toMatchObject({
      skewness: undefined,
      internalConsistency: undefined,
    });
  });

  test("an item against the test has no effective weight", () => {
    const against = [
      [0, 1, 1],
      [0, 1, 1],
      [1, 0, 0],
    ];
    const items = itemStatistics(against, [1, 1, 1]);
    expect(items[0]!.effectiveWeight).toBeUndefined();
    expect(items[0]!.discriminationIndex).toBeCloseTo(-1, digits);
    expect(items[1]!.effectiveWeight).toBeCloseTo(0.5, digits);
  });

  test("one item has no consistency", () => {
    expect(quizStatistics([[0], [1], [1]], itemStatistics([[0], [1], [1]], [1]))).toMatchObject({
      internalConsistency: undefined,
      kurtosis: undefined,
    });
  });
});

test("whatever the marks are, shares are shares", () => {
  const row = fc.array(fc.constantFrom(-0.5, 0, 1 / 3, 0.5, 1), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 12 }), (marks) => {
      const items = itemStatistics(marks, [1, 1, 1]);
      for (const item of items) {
        expect(Math.abs(item.discriminationIndex ?? 0)).toBeLessThanOrEqual(1 + 1e-9);
        if (item.discriminativeEfficiency !== undefined)
          expect(item.discriminativeEfficiency).toBeLessThanOrEqual(1 + 1e-9);
      }
      const weights = items.flatMap(({ effectiveWeight }) => effectiveWeight ?? []);
      if (weights.length > 0) expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, digits);
      const { internalConsistency } = quizStatistics(marks, items);
      if (internalConsistency !== undefined) expect(internalConsistency).toBeLessThanOrEqual(1 + 1e-9);
    }),
  );
});

test("covariance", () => {
  expect(covariance([1, 2, 3], [1, 2, 3])).toBe(1);
  expect(covariance([1, 2, 3], [3, 2, 1])).toBe(-1);
  expect(covariance([1], [1])).toBeUndefined();
});
