/**
 * The witness of the isolation forest: trees grown by `ml-isolation-forest`, one random sample of 256 rows a
 * tree, flattened for the same scoring. The library asks Math.random, so that is seeded while it grows.
 */
import { IsolationForest as Library, type TreeNode } from "ml-isolation-forest";
import { averagePathLength as rightAverage, createTreeNodes } from "./isolation-tree.ts";
import { scoreRows, type Forest } from "./score-rows.ts";
import { SeededRandom } from "./seeded-random.ts";

export interface LibraryForest {
  /** By the flattened trees. */
  score(data: Float64Array): Float64Array;
  /** By the library itself. */
  predict(data: Float64Array): Float64Array;
}

export interface LibraryForestOptions {
  trees: number;
  seed: number;
  /** c(n) of equation 1, right unless told. */
  averagePathLength?: (rows: number) => number;
}

export function fitLibraryForest(
  data: Float64Array,
  width: number,
  { trees, seed, averagePathLength = rightAverage }: LibraryForestOptions,
): LibraryForest {
  const random = new SeededRandom(seed);
  const count = data.length / width;
  const sampleSize = Math.min(256, count);
  const library = new Library({ nEstimators: trees });
  withMathRandom(
    () => random.fraction(),
    () => {
      for (let t = 0; t < trees; t++) {
        const tree = new Library({ nEstimators: 1 });
        tree.train(Array.from(random.sample(count, sampleSize), (row) => rowOf(data, width, row)));
        library.forest.push(...tree.forest);
        library.trainingSet = tree.trainingSet;
      }
    },
  );
  const forest = flatten(library.forest, width, sampleSize, averagePathLength);
  return {
    score: (data) => scoreRows(forest, data),
    predict: (data) =>
      Float64Array.from(
        library.predict(Array.from({ length: data.length / width }, (_, row) => rowOf(data, width, row))),
      ),
  };
}

/** c(n) as the library has it: without the factor 2 on Euler's constant. */
export function libraryAverage(rows: number): number {
  if (rows <= 2) return Math.max(0, rows - 1);
  return 2 * Math.log(rows - 1) + 0.57721 - (2 * (rows - 1)) / rows;
}

/** Runs `task` with another Math.random, and puts the old one back however it ends. */
export function withMathRandom<T>(random: () => number, task: () => T): T {
  const kept = Math.random;
  Math.random = random;
  try {
    return task();
  } finally {
    Math.random = kept;
  }
}

function rowOf(data: Float64Array, width: number, row: number): number[] {
  return Array.from(data.subarray(row * width, (row + 1) * width));
}

function flatten(
  trees: readonly TreeNode[],
  width: number,
  sampleSize: number,
  averagePathLength: (rows: number) => number,
): Forest {
  // The library splits sides that are empty or all alike too, down to one level below ceil(log2(sampleSize)).
  const nodes = createTreeNodes(trees.length, 2 * sampleSize + 2);
  const { column, threshold, child, pathLength } = nodes;
  let end = 0;
  const place = (node: TreeNode, at: number, depth: number): number => {
    if (node.left === undefined || node.right === undefined) {
      threshold[at] = Number.NaN;
      child[at] = at;
      pathLength[at] = depth + averagePathLength(node.trainingSet?.length ?? 0);
      return depth;
    }
    const first = end;
    end += 2;
    column[at] = node.splitColumn;
    threshold[at] = node.splitValue;
    child[at] = first;
    return Math.max(place(node.left, first, depth + 1), place(node.right, first + 1, depth + 1));
  };
  const roots = new Int32Array(trees.length);
  const depths = new Int32Array(trees.length);
  trees.forEach((tree, t) => {
    const root = end++;
    roots[t] = root;
    depths[t] = place(tree, root, 0);
  });
  return { width, nodes, roots, depths, averagePathLength: averagePathLength(sampleSize) };
}
