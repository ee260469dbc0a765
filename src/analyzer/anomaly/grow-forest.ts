/** Growing a forest: each tree from a random sample of its own (Liu, Ting and Zhou 2008, algorithm 1). */
import { averagePathLength, createTreeNodes, growTree } from "./isolation-tree.ts";
import type { Forest } from "./score-rows.ts";
import { SeededRandom } from "./seeded-random.ts";

/**
 * @param rows finite values, row after row of `width`
 * @param sampleSize rows that a tree is grown from, at most as many as there are
 */
export function growForest(
  rows: Float64Array,
  width: number,
  trees: number,
  sampleSize: number,
  seed: number,
): Forest {
  const random = new SeededRandom(seed);
  const nodes = createTreeNodes(trees, sampleSize);
  const roots = new Int32Array(trees);
  const depths = new Int32Array(trees);
  for (let t = 0, start = 0; t < trees; t++) {
    const sample = random.sample(rows.length / width, sampleSize);
    const { end, depth } = growTree(nodes, start, rows, width, sample, random);
    roots[t] = start;
    depths[t] = depth;
    start = end;
  }
  return { width, nodes, roots, depths, averagePathLength: averagePathLength(sampleSize) };
}
