import { expect, test } from "bun:test";
import { TrafficClock } from "./traffic-clock.ts";

test("counts from the first second, and keeps nanoseconds", () => {
  const clock = new TrafficClock();
  expect(clock.timeOf(1_700_000_000, 1)).toBe(1e-9);
  expect(clock.timeOf(1_700_000_001, 5)).toBe(1 + 5e-9);
  expect(clock.secondsOf(1.5)).toBe(1_700_000_001.5);
});

test("packets without a time set no base", () => {
  const clock = new TrafficClock();
  expect(clock.timeOf(Number.NaN, 0)).toBeNaN();
  expect(clock.timeOf(50, 0)).toBe(0);
  expect(clock.secondsOf(Number.NaN)).toBeNull();
});
