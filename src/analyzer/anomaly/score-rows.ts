/**
 * Scoring rows by a grown forest, as fast as typed arrays go: blocks of rows that stay in the cache, tree by
 * tree, four rows at a time. Every row takes as many steps as its tree is deep (a leaf leads to itself), so
 * that there is no branch to mispredict, and the processor works on four chains of loads at once. Measured
 * against following each row until its leaf, this is twice as fast.
 */
import type { TreeNodes } from "./isolation-tree.ts";

export interface Forest {
  /** Features of a row. */
  readonly width: number;
  readonly nodes: TreeNodes;
  /** The root of each tree in `nodes`. */
  readonly roots: Int32Array;
  /** The most steps from the root to a leaf of each tree. */
  readonly depths: Int32Array;
  /** c(n) for the sample that a tree was grown from (equation 1). */
  readonly averagePathLength: number;
}

/** Rows scored by one tree after the other. Their values should fit the first cache beside a tree. */
const blockRows = 512;

/** @returns for each row 2^(-E(h) / c(n)) (equation 2), 0.5 where c(n) is 0 */
export function scoreRows(forest: Forest, rows: Float64Array): Float64Array {
  return scoreByTrees(forest, rows.length / forest.width, blockRows, (tree, start, end, sums) =>
    addPathLengths(forest, tree, rows, start, end, sums),
  );
}

/** Adds the path length of rows `start` to `end` in one tree to their places in `sums`. */
type AddPathLengths = (tree: number, start: number, end: number, sums: Float64Array) => void;

/** Scores `count` rows, a block of them by one tree after the other. */
export function scoreByTrees(
  { roots, averagePathLength }: Pick<Forest, "roots" | "averagePathLength">,
  count: number,
  block: number,
  addPathLengths: AddPathLengths,
): Float64Array {
  const scores = new Float64Array(count);
  if (averagePathLength === 0) return scores.fill(0.5);
  const scale = -1 / (roots.length * averagePathLength);
  for (let start = 0; start < count; start += block) {
    const end = Math.min(start + block, count);
    for (let tree = 0; tree < roots.length; tree++) addPathLengths(tree, start, end, scores);
    for (let row = start; row < end; row++) scores[row] = 2 ** (scores[row]! * scale);
  }
  return scores;
}

/** Adds the path length of rows `start` to `end` in one tree to their places in `sums`. */
function addPathLengths(
  { width, nodes, roots, depths }: Forest,
  tree: number,
  rows: Float64Array,
  start: number,
  end: number,
  sums: Float64Array,
): void {
  const { column, threshold, child, pathLength } = nodes;
  const root = roots[tree]!;
  const depth = depths[tree]!;
  let row = start;
  for (; row + 4 <= end; row += 4) {
    const a = row * width;
    const b = a + width;
    const c = b + width;
    const d = c + width;
    let inA = root;
    let inB = root;
    let inC = root;
    let inD = root;
    for (let step = 0; step < depth; step++) {
      inA = child[inA]! + Number(rows[a + column[inA]!]! >= threshold[inA]!);
      inB = child[inB]! + Number(rows[b + column[inB]!]! >= threshold[inB]!);
      inC = child[inC]! + Number(rows[c + column[inC]!]! >= threshold[inC]!);
      inD = child[inD]! + Number(rows[d + column[inD]!]! >= threshold[inD]!);
    }
    sums[row]! += pathLength[inA]!;
    sums[row + 1]! += pathLength[inB]!;
    sums[row + 2]! += pathLength[inC]!;
    sums[row + 3]! += pathLength[inD]!;
  }
  for (; row < end; row++) {
    const a = row * width;
    let node = root;
    for (let step = 0; step < depth; step++)
      node = child[node]! + Number(rows[a + column[node]!]! >= threshold[node]!);
    sums[row]! += pathLength[node]!;
  }
}
