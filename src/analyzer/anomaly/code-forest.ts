/**
 * A forest over rows of codes (bytes), for scoring many of them: a node is one word, so that a step reads two
 * places instead of four.
 *
 *     bit 31 … 13          12 … 8    7 … 0
 *     | first child       | column  | threshold |
 *
 * A code is below a threshold where it is below the threshold's next whole number. A leaf is its own child, and
 * its threshold is one no code reaches.
 */
import { scoreByTrees, type Forest } from "./score-rows.ts";

const childShift = 13;
const columnShift = 8;
const columnMask = 31;
/** No code is as large. */
const unreached = 255;

export const maxCodeColumns = columnMask + 1;
export const maxCodeNodes = 1 << (32 - childShift);

export interface CodeForest {
  /** Columns of a row. */
  readonly width: number;
  readonly nodes: Int32Array;
  readonly pathLength: Float32Array;
  readonly roots: Int32Array;
  readonly depths: Int32Array;
  readonly averagePathLength: number;
}

/** @throws RangeError where the forest has too many columns or nodes for its words */
export function packForest(forest: Forest): CodeForest {
  const { column, threshold, child, pathLength } = forest.nodes;
  if (forest.width > maxCodeColumns || child.length > maxCodeNodes)
    throw new RangeError("The forest is too large to be packed.");
  const nodes = new Int32Array(child.length);
  for (let node = 0; node < nodes.length; node++) {
    const isLeaf = child[node] === node;
    const least = isLeaf ? unreached : Math.min(unreached, Math.ceil(threshold[node]!));
    nodes[node] = (child[node]! << childShift) | (column[node]! << columnShift) | least;
  }
  return {
    width: forest.width,
    nodes,
    pathLength: Float32Array.from(pathLength),
    roots: forest.roots,
    depths: forest.depths,
    averagePathLength: forest.averagePathLength,
  };
}

/** Rows scored by one tree after the other. */
const blockRows = 1024;

/**
 * @param rows codes, row after row
 * @returns for each row 2^(-E(h) / c(n)) (Liu, Ting and Zhou 2008, equation 2), 0.5 where c(n) is 0
 */
export function scoreCodes(forest: CodeForest, rows: Uint8Array): Float64Array {
  return scoreByTrees(forest, rows.length / forest.width, blockRows, (tree, start, end, sums) =>
    addPathLengths(forest, tree, rows, start, end, sums),
  );
}

/** Adds the path length of rows `start` to `end` in one tree to their places in `sums`. */
function addPathLengths(
  { width, nodes, pathLength, roots, depths }: CodeForest,
  tree: number,
  rows: Uint8Array,
  start: number,
  end: number,
  sums: Float64Array,
): void {
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
      const nodeA = nodes[inA]!;
      const nodeB = nodes[inB]!;
      const nodeC = nodes[inC]!;
      const nodeD = nodes[inD]!;
      // 1 where the code is not below the threshold: the sign of the difference less one.
      inA =
        (nodeA >>> childShift) +
        1 +
        ((rows[a + ((nodeA >> columnShift) & columnMask)]! - (nodeA & 255)) >> 31);
      inB =
        (nodeB >>> childShift) +
        1 +
        ((rows[b + ((nodeB >> columnShift) & columnMask)]! - (nodeB & 255)) >> 31);
      inC =
        (nodeC >>> childShift) +
        1 +
        ((rows[c + ((nodeC >> columnShift) & columnMask)]! - (nodeC & 255)) >> 31);
      inD =
        (nodeD >>> childShift) +
        1 +
        ((rows[d + ((nodeD >> columnShift) & columnMask)]! - (nodeD & 255)) >> 31);
    }
    sums[row]! += pathLength[inA]!;
    sums[row + 1]! += pathLength[inB]!;
    sums[row + 2]! += pathLength[inC]!;
    sums[row + 3]! += pathLength[inD]!;
  }
  for (; row < end; row++) {
    const a = row * width;
    let node = root;
    for (let step = 0; step < depth; step++) {
      const word = nodes[node]!;
      node =
        (word >>> childShift) + 1 + ((rows[a + ((word >> columnShift) & columnMask)]! - (word & 255)) >> 31);
    }
    sums[row]! += pathLength[node]!;
  }
}
