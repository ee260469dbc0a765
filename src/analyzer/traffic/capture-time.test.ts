import { expect, test } from "bun:test";
import { compareTimes, formatTime, timeBetween } from "./capture-time.ts";

test.each([
  [0, 0, "0"],
  [1_700_000_000, 123_456_789, "1700000000.123456789"],
  [1_700_000_000, 1, "1700000000.000000001"],
  [5, 500_000_000, "5.5"],
  [-1, 700_000_000, "-0.3"],
  [-2, 0, "-2"],
])("%d s and %d ns is %s", (seconds, nanos, text) => {
  expect(formatTime({ seconds, nanos })).toBe(text);
  expect(Number(text)).toBeCloseTo(seconds + nanos / 1e9);
});

test("order and distance", () => {
  const [a, b] = [
    { seconds: 4, nanos: 999_999_999 },
    { seconds: 5, nanos: 1 },
  ];
  expect(compareTimes(a, b)).toBeLessThan(0);
  expect(compareTimes(a, { ...a, nanos: 1 })).toBeGreaterThan(0);
  expect(timeBetween(a, b)).toEqual({ seconds: 0, nanos: 2 });
  expect(timeBetween(a, a)).toEqual({ seconds: 0, nanos: 0 });
});
