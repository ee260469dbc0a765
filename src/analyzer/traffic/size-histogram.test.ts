import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { maxLargeSizes, sizeTableRows } from "../limits.ts";
import { SizeHistogram } from "./size-histogram.ts";

test("nothing", () => {
  expect(new SizeHistogram().summary()).toEqual({
    count: 0,
    mean: 0,
    p50: 0,
    p95: 0,
    p99: 0,
    max: 0,
    histogram: { size: [], packets: [] },
  });
});

test("quantiles are those of the sorted sizes", () => {
  const sizes = fc.array(fc.oneof(fc.nat(2000), fc.integer({ min: 60_000, max: 4_294_967_295 })), {
    minLength: 1,
  });
  fc.assert(
    fc.property(sizes, (all) => {
      const histogram = new SizeHistogram();
      for (const size of all) histogram.add(size);
      const sorted = all.toSorted((a, b) => a - b);
      const rank = (q: number): number => sorted[Math.ceil(all.length * q) - 1]!;
      const summary = histogram.summary();
      expect(summary).toMatchObject({ count: all.length, p50: rank(0.5), p95: rank(0.95), p99: rank(0.99) });
      expect(summary.max).toBe(sorted.at(-1)!);
      expect(summary.histogram.size).toEqual([...new Set(sorted)]);
    }),
  );
});

test("different sizes beyond all limits are counted, and said to be misplaced", () => {
  const histogram = new SizeHistogram();
  for (let i = 0; i < maxLargeSizes + 10; i++) histogram.add(sizeTableRows + i);
  const { count, histogram: columns } = histogram.summary();
  expect(histogram.misplaced).toBe(10);
  expect(columns.packets.reduce((a, b) => a + b)).toBe(count);
});
