/**
 * Growing one isolation tree (Liu, Ting and Zhou 2008, algorithm 2) into typed arrays.
 *
 * A split takes a random column among those that are not constant in its rows, and a random value between
 * that column's least and greatest. (The paper takes any column; where many are constant, as in rows of
 * traffic features, that wastes most of the depth.) Growth stops at ceil(log2(sample size)) + 1 splits one
 * below the other, at one row, or where all rows are the same. (The paper has one split less; with this one
 * the tables of `scripts/bench anomaly` are told apart as well or better, at a ninth of the speed.)
 *
 * A node is one place in each of the arrays, and a split's two children lie side by side, so that one step
 * down is `child[node] + (value >= threshold[node] ? 1 : 0)`. A leaf is its own child and its threshold NaN,
 * which nothing reaches: a step from a leaf stays there, and every row can take the same number of steps.
 */
import type { SeededRandom } from "./seeded-random.ts";

/** The nodes of all trees of a forest, tree after tree. */
export interface TreeNodes {
  /** The column that a split compares. 0 in a leaf. */
  readonly column: Int32Array;
  /** Rows whose value is smaller go to the first child, others to the second. NaN in a leaf. */
  readonly threshold: Float64Array;
  /** The first of the two children. A leaf names itself. */
  readonly child: Int32Array;
  /** Steps from the root, plus in a leaf the average further steps among the rows it holds (equation 1). */
  readonly pathLength: Float64Array;
}

export interface TreeEnd {
  /** The first node after the tree. */
  end: number;
  /** The most steps from the root to a leaf. */
  depth: number;
}

/** Room for `trees` trees of `sampleSize` rows each: at most one leaf a row, and one split fewer. */
export function createTreeNodes(trees: number, sampleSize: number): TreeNodes {
  const nodes = trees * Math.max(1, 2 * sampleSize - 1);
  return {
    column: new Int32Array(nodes),
    threshold: new Float64Array(nodes),
    child: new Int32Array(nodes),
    pathLength: new Float64Array(nodes),
  };
}

/** Splits that a tree over `sampleSize` rows may have one below the other. */
function depthLimit(sampleSize: number): number {
  return Math.ceil(Math.log2(sampleSize)) + 1;
}

/**
 * Grows a tree.
 * @param rows finite values, row after row of `width`
 * @param sample numbers of the rows to grow from; left in another order
 * @param start where in `nodes` the root goes
 */
export function growTree(
  nodes: TreeNodes,
  start: number,
  rows: Float64Array,
  width: number,
  sample: Int32Array,
  random: SeededRandom,
): TreeEnd {
  const { column, threshold, child, pathLength } = nodes;
  const limit = depthLimit(sample.length);
  const splittable = new Int32Array(width);
  const tree: TreeEnd = { end: start + 1, depth: 0 };

  const grow = (node: number, from: number, to: number, depth: number): void => {
    const candidates = to - from > 1 && depth < limit ? findSplittable(from, to) : 0;
    if (candidates === 0) {
      column[node] = 0;
      threshold[node] = Number.NaN;
      child[node] = node;
      pathLength[node] = depth + averagePathLength(to - from);
      tree.depth = Math.max(tree.depth, depth);
      return;
    }
    const chosen = splittable[random.below(candidates)]!;
    const value = randomThreshold(chosen, from, to);
    const middle = partition(chosen, value, from, to);
    const first = tree.end;
    tree.end += 2;
    column[node] = chosen;
    threshold[node] = value;
    child[node] = first;
    pathLength[node] = depth;
    grow(first, from, middle, depth + 1);
    grow(first + 1, middle, to, depth + 1);
  };

  /** Fills `splittable` with the columns that are not constant; returns how many they are. */
  const findSplittable = (from: number, to: number): number => {
    let found = 0;
    for (let c = 0; c < width; c++) {
      const first = rows[sample[from]! * width + c]!;
      for (let i = from + 1; i < to; i++) {
        if (rows[sample[i]! * width + c] === first) continue;
        splittable[found++] = c;
        break;
      }
    }
    return found;
  };

  /** A value above the column's least and not above its greatest, so that both sides get a row. */
  const randomThreshold = (c: number, from: number, to: number): number => {
    let least = Number.POSITIVE_INFINITY;
    let greatest = Number.NEGATIVE_INFINITY;
    for (let i = from; i < to; i++) {
      const value = rows[sample[i]! * width + c]!;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
    const share = random.fraction();
    // Two products and not a difference, which could be beyond all numbers.
    const value = least * (1 - share) + greatest * share;
    return value > least && value <= greatest ? value : greatest;
  };

  /** Puts the rows below `value` in front; returns where the others begin. */
  const partition = (c: number, value: number, from: number, to: number): number => {
    let middle = from;
    for (let i = from; i < to; i++) {
      const row = sample[i]!;
      if (rows[row * width + c]! >= value) continue;
      sample[i] = sample[middle]!;
      sample[middle++] = row;
    }
    return middle;
  };

  grow(start, 0, sample.length, 0);
  return tree;
}

/**
 * c(n) of equation 1: the average steps of an unsuccessful search in a binary search tree of n rows,
 * 2 H(n - 1) - 2 (n - 1) / n, with the harmonic number itself up to 1,000 and beyond by its expansion, of
 * which the paper's ln(i) + 0.5772156649 is the beginning. 0 for up to one row.
 */
export function averagePathLength(rows: number): number {
  return rows <= 1 ? 0 : 2 * harmonic(rows - 1) - (2 * (rows - 1)) / rows;
}

const eulerMascheroni = 0.577_215_664_901_532_9;

function harmonic(n: number): number {
  if (n > 1000) return Math.log(n) + eulerMascheroni + 1 / (2 * n) - 1 / (12 * n * n);
  let sum = 0;
  for (let i = n; i > 0; i--) sum += 1 / i;
  return sum;
}
