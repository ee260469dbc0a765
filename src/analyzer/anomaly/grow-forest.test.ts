import { expect, test } from "bun:test";
import { growForest } from "./grow-forest.ts";

test("trees stand one after the other, and the same seed grows the same", () => {
  const rows = Float64Array.from({ length: 300 }, (_, i) => (i * 7919) % 101);
  const forest = growForest(rows, 3, 10, 64, 5);
  expect(forest.roots).toHaveLength(10);
  expect(Array.from(forest.roots)).toEqual(Array.from(forest.roots).sort((a, b) => a - b));
  expect(growForest(rows, 3, 10, 64, 5).nodes.pathLength).toEqual(forest.nodes.pathLength);
  expect(growForest(rows, 3, 10, 64, 6).nodes.pathLength).not.toEqual(forest.nodes.pathLength);
});
