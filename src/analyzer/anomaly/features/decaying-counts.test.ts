import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { DecayingCounts } from "./decaying-counts.ts";

test("after one time constant 1/e is left, after two 1/e²", () => {
  const counts = new DecayingCounts(1, 1, [10, 5]);
  counts.reset(0, 100);
  counts.add(0, 0, 8);
  counts.advance(0, 110);
  expect(counts.sum(0, 0, 0)).toBeCloseTo(8 / Math.E, 12);
  expect(counts.sum(0, 0, 1)).toBeCloseTo(8 / Math.E ** 2, 12);
});

test.each([50, 100, 100.09, NaN])("time %p, not or hardly after the row's own, changes nothing", (time) => {
  const counts = new DecayingCounts(1, 1, [10]);
  counts.reset(0, 100);
  counts.add(0, 0, 8);
  counts.advance(0, time);
  expect(counts.sum(0, 0, 0)).toBe(8);
});

test("a row that is reset is empty, its neighbours are not", () => {
  const counts = new DecayingCounts(3, 2, [1, 2]);
  for (const row of [0, 1, 2]) for (const quantity of [0, 1]) counts.add(row, quantity, row + 1);
  counts.reset(1, 0);
  const sums = [0, 1, 2].map((row) => [0, 1].flatMap((q) => [0, 1].map((t) => counts.sum(row, q, t))));
  expect(sums).toEqual([
    [1, 1, 1, 1],
    [0, 0, 0, 0],
    [3, 3, 3, 3],
  ]);
});

test("against a list of all that was added", () => {
  const timeConstants = [0.1, 1, 30];
  const additions = fc.array(
    fc.record({
      row: fc.nat(2),
      quantity: fc.nat(1),
      amount: fc.integer({ min: 1, max: 1500 }),
      passed: fc.double({ min: 0, max: 3, noNaN: true }),
    }),
    { maxLength: 50 },
  );
  fc.assert(
    fc.property(additions, (all) => {
      const counts = new DecayingCounts(3, 2, timeConstants);
      const kept: { row: number; quantity: number; amount: number; time: number }[] = [];
      let time = 0;
      for (const { row, quantity, amount, passed } of all) {
        time += passed;
        counts.advance(row, time);
        counts.add(row, quantity, amount);
        kept.push({ row, quantity, amount, time });
      }
      for (const row of [0, 1, 2]) {
        counts.advance(row, time);
        for (const quantity of [0, 1])
          timeConstants.forEach((timeConstant, t) => {
            const expected = kept
              .filter((each) => each.row === row && each.quantity === quantity)
              .reduce((sum, each) => sum + each.amount * Math.exp((each.time - time) / timeConstant), 0);
            const sum = counts.sum(row, quantity, t);
            expect(sum).toBeGreaterThanOrEqual(expected * 0.99);
            expect(sum).toBeLessThanOrEqual(expected * 1.01);
          });
      }
    }),
  );
});
