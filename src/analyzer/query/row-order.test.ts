import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { compareCells, firstInOrder, type Cell } from "./row-order.ts";

test("the first rows are those of sorting all", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 2000 }),
      fc.integer({ min: 0, max: 60 }),
      (keys, limit) => {
        const compare = (a: number, b: number): number => keys[b]! - keys[a]! || a - b;
        const all = keys.map((_, i) => i).sort(compare);
        expect(firstInOrder(keys.length, compare, limit)).toEqual(all.slice(0, limit));
      },
    ),
  );
});

test("cells: numbers by value, texts by code unit, of several the first, nothing last either way", () => {
  const cells: Cell[] = ["b", null, "a", "", undefined, ["c", "a"], [], "ab"];
  const sorted = (descending: boolean) =>
    [...cells].sort((a, b) => compareCells(a, b, descending)).slice(0, 4);
  expect(sorted(false)).toEqual(["a", "ab", "b", ["c", "a"]]);
  expect(sorted(true)).toEqual([["c", "a"], "b", "ab", "a"]);
  expect([10, 9, null, 2].sort((a, b) => compareCells(a, b, false))).toEqual([2, 9, 10, null]);
});
