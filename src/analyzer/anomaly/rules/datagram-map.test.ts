import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { DatagramMap } from "./datagram-map.ts";

test.each<[string, [first: number, count: number, isLast: boolean][], boolean]>([
  [
    "one after the other",
    [
      [0, 10, false],
      [10, 10, false],
      [20, 3, true],
    ],
    false,
  ],
  [
    "in another order",
    [
      [20, 3, true],
      [0, 10, false],
      [10, 10, false],
    ],
    false,
  ],
  [
    "a copy",
    [
      [0, 10, false],
      [0, 10, false],
    ],
    false,
  ],
  [
    "one inside another",
    [
      [0, 10, false],
      [3, 2, false],
    ],
    true,
  ],
  [
    "by one unit",
    [
      [0, 10, false],
      [9, 10, false],
    ],
    true,
  ],
  [
    "behind the last",
    [
      [0, 10, true],
      [10, 2, false],
    ],
    true,
  ],
  [
    "two ends",
    [
      [8, 2, true],
      [10, 2, true],
    ],
    true,
  ],
])("%s", (_, fragments, overlaps) => {
  const map = new DatagramMap(2);
  map.reset(1);
  const told = fragments.map(([first, count, isLast]) => map.add(1, first, count, isLast));
  expect(told.includes(true)).toBe(overlaps);
  expect(map.isWhole(0)).toBe(false);
});

test("whole once all came, and empty again after a reset", () => {
  const map = new DatagramMap(1);
  map.add(0, 10, 3, true);
  expect(map.isWhole(0)).toBe(false);
  map.add(0, 0, 10, false);
  expect(map.isWhole(0)).toBe(true);
  map.reset(0);
  expect(map.isWhole(0)).toBe(false);
  expect(map.add(0, 5, 3, false)).toBe(false);
});

test("overlaps are what a plain list of units says", () => {
  const piece = fc.record({ first: fc.nat(60), count: fc.integer({ min: 1, max: 20 }) });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const map = new DatagramMap(1);
      const units = new Set<number>();
      const starts = new Set<number>();
      const ends = new Set<number>();
      for (const { first, count } of pieces) {
        const covered = Array.from({ length: count }, (_, i) => first + i);
        const isCopy = starts.has(first) && ends.has(first + count);
        expect(map.add(0, first, count, false)).toBe(!isCopy && covered.some((unit) => units.has(unit)));
        if (isCopy) continue;
        for (const unit of covered) units.add(unit);
        starts.add(first);
        ends.add(first + count);
      }
    }),
  );
});
