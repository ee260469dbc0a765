import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { averagePathLength, createTreeNodes, growTree, type TreeNodes } from "./isolation-tree.ts";
import { scoreRows, type Forest } from "./score-rows.ts";
import { SeededRandom } from "./seeded-random.ts";

/** Two trees by hand over one feature: the second is a leaf. */
const byHand: Forest = {
  width: 1,
  nodes: {
    column: Int32Array.of(0, 0, 0, 0),
    threshold: Float64Array.of(10, NaN, NaN, NaN),
    child: Int32Array.of(1, 1, 2, 3),
    pathLength: Float64Array.of(0, 1, 3, 2),
  },
  roots: Int32Array.of(0, 3),
  depths: Int32Array.of(1, 0),
  averagePathLength: 2.5,
};

test("equation 2 by hand: below, at and above a threshold", () => {
  const below = 2 ** -((1 + 2) / 2 / 2.5);
  const above = 2 ** -((3 + 2) / 2 / 2.5);
  expect(Array.from(scoreRows(byHand, Float64Array.of(9.99, 10, 11)))).toEqual([below, above, above]);
});

test("no rows, and a forest that cannot tell", () => {
  expect(scoreRows(byHand, new Float64Array(0))).toEqual(new Float64Array(0));
  const unable = { ...byHand, averagePathLength: 0 };
  expect(scoreRows(unable, Float64Array.of(1, 2))).toEqual(Float64Array.of(0.5, 0.5));
});

/** The slow obvious twin: one row, one tree, one step after the other. */
function pathLength({ column, threshold, child, pathLength }: TreeNodes, root: number, row: Float64Array) {
  let node = root;
  while (child[node] !== node) node = child[node]! + (row[column[node]!]! < threshold[node]! ? 0 : 1);
  return pathLength[node]!;
}

test("rows in blocks and by four have the scores of rows by one", () => {
  const random = new SeededRandom(5);
  const width = 3;
  const learnt = Float64Array.from({ length: 64 * width }, () => random.fraction() ** 3);
  const nodes = createTreeNodes(7, 64);
  const roots: number[] = [];
  const depths: number[] = [];
  for (let start = 0; roots.length < 7;) {
    const tree = growTree(nodes, start, learnt, width, random.sample(64, 64), random);
    roots.push(start);
    depths.push(tree.depth);
    start = tree.end;
  }
  const forest: Forest = {
    width,
    nodes,
    roots: Int32Array.from(roots),
    depths: Int32Array.from(depths),
    averagePathLength: averagePathLength(64),
  };
  const counts = fc.oneof(fc.nat(9), fc.integer({ min: 505, max: 520 }), fc.constant(1031));
  fc.assert(
    fc.property(counts, fc.nat(), (count, seed) => {
      const random = new SeededRandom(seed);
      const rows = Float64Array.from({ length: count * width }, () => random.fraction() * 2 - 0.5);
      const scores = scoreRows(forest, rows);
      expect(scores.length).toBe(count);
      for (let i = 0; i < count; i++) {
        const row = rows.subarray(i * width, (i + 1) * width);
        const sum = roots.reduce((sum, root) => sum + pathLength(nodes, root, row), 0);
        expect(scores[i]).toBeCloseTo(2 ** -(sum / 7 / forest.averagePathLength), 12);
      }
    }),
    { numRuns: 30 },
  );
});
