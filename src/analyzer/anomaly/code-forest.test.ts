import { expect, test } from "bun:test";
import { packForest, scoreCodes } from "./code-forest.ts";
import { growForest } from "./grow-forest.ts";
import { scoreRows } from "./score-rows.ts";
import { SeededRandom } from "./seeded-random.ts";

function codes(rows: number, width: number): Uint8Array {
  const random = new SeededRandom(3);
  return Uint8Array.from({ length: rows * width }, (_, i) => random.below(i % width === 0 ? 255 : 20));
}

test.each([1, 3, 24])("rows of %p codes score as they do in the forest itself", (width) => {
  const rows = codes(1000, width);
  const forest = growForest(Float64Array.from(rows), width, 20, 256, 1);
  const expected = scoreRows(forest, Float64Array.from(rows));
  scoreCodes(packForest(forest), rows).forEach((score, i) => expect(score).toBeCloseTo(expected[i]!, 6));
});

test("a forest of nothing finds nothing strange", () => {
  const forest = packForest(growForest(new Float64Array(0), 3, 5, 0, 1));
  expect(Array.from(scoreCodes(forest, Uint8Array.of(1, 2, 3)))).toEqual([0.5]);
});

test("more columns than a node has bits for are refused", () => {
  const forest = growForest(new Float64Array(33 * 4), 33, 1, 4, 1);
  expect(() => packForest(forest)).toThrow(RangeError);
});
