import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { TimeSeries } from "./time-series.ts";

test("one row a second in which something happened, in order, whatever the order of packets", () => {
  const series = new TimeSeries();
  for (const [second, size] of [
    [100, 1],
    [100, 2],
    [7_000_000_000, 10],
    [99, 5],
    [100, 3],
    [-4, 8],
  ] as const)
    series.add(second, size);
  expect(series.snapshot()).toEqual({
    step: 1,
    time: [-4, 99, 100, 7_000_000_000],
    packets: [1, 1, 3, 1],
    bytes: [8, 5, 6, 10],
  });
});

test("packets without a time have no row", () => {
  const series = new TimeSeries();
  series.add(Number.NaN, 60);
  expect(series.snapshot().time).toEqual([]);
});

test("the step grows no further than it must", () => {
  const series = new TimeSeries(10);
  for (let second = 0; second < 20; second++) series.add(second, 1);
  expect(series.snapshot()).toMatchObject({ step: 2, packets: Array.from({ length: 10 }, () => 2) });
  series.add(20, 1);
  expect(series.snapshot()).toMatchObject({ step: 10, time: [0, 10, 20], packets: [10, 10, 1] });
});

test("the rows are the same in any order, nothing is lost, and the limit holds", () => {
  const seconds = fc.array(fc.oneof(fc.nat(300), fc.integer({ min: -1e12, max: 1e12 })), { maxLength: 200 });
  fc.assert(
    fc.property(seconds, (all) => {
      const [one, other] = [new TimeSeries(12), new TimeSeries(12)];
      for (const second of all) one.add(second, 3);
      for (const second of all.toReversed()) other.add(second, 3);
      const snapshot = one.snapshot();
      expect(other.snapshot()).toEqual(snapshot);
      expect(snapshot.time.length).toBeLessThanOrEqual(12);
      expect(snapshot.packets.reduce((sum, packets) => sum + packets, 0)).toBe(all.length);
      for (const second of all)
        expect(snapshot.time).toContain(Math.floor(second / snapshot.step) * snapshot.step);
    }),
  );
});

test("a capture of centuries in which every second has packets stays small", () => {
  const series = new TimeSeries();
  for (let i = 0; i < 400_000; i++) series.add(i * 40_000, 1);
  expect(series.snapshot().time.length).toBeLessThanOrEqual(100_000);
});
