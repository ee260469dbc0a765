/**
 * The isolation forest of Liu, Ting and Zhou (2008): what is strange is alone after few random splits.
 *
 * Each tree is grown from one random sample of rows (256 suffice, section 4.1 of the paper). A row's score
 * is 2^(-E(h) / c(n)) (equation 2): E(h) is its average path over the trees, c(n) the average path in a tree
 * of n rows (equation 1). Near 1 is strange, below 0.5 ordinary; all rows at 0.5 means that none stands out.
 *
 * Input of any kind has defined scores, never NaN:
 * - an infinite value lies beyond every finite one;
 * - NaN is a missing value, and stands for the median of its column, which is as ordinary as can be;
 * - a column that is constant in the learnt rows says nothing, whatever a scored row has there;
 * - one learnt row, or many that are the same, cannot tell strange from ordinary: every score is 0.5.
 *
 * Memory: trees * (2 * sampleSize - 1) nodes of 24 bytes; the learnt rows are not kept.
 */
import { growForest } from "./grow-forest.ts";
import { columnMedians, finiteRows } from "./finite-rows.ts";
import { scoreRows } from "./score-rows.ts";

export interface IsolationForestOptions {
  /** How many trees; 100 unless told. */
  trees?: number;
  /** Rows of the sample that a tree is grown from, at most; 256 unless told. */
  sampleSize?: number;
  /** Any number; 1 unless told. The same seed and data give the same scores. */
  seed?: number;
}

export interface IsolationForest {
  /**
   * @param data rows of the same width as the learnt ones, row after row
   * @returns a score in 0..1 for each row, higher is stranger
   * @throws RangeError where `data` is not a whole number of rows
   */
  score(data: Float64Array): Float64Array;
}

/**
 * Learns what is ordinary.
 * @param data rows of `width` features, row after row
 * @throws RangeError where there is no row, `data` is not a whole number of rows, or an option is no
 *   positive whole number
 */
export function fitIsolationForest(
  data: Float64Array,
  width: number,
  options: IsolationForestOptions = {},
): IsolationForest {
  const { trees = 100, sampleSize = 256, seed = 1 } = options;
  requireCount("width of a row", width);
  requireCount("number of trees", trees);
  requireCount("sample size", sampleSize);
  const rows = countRows(data, width);
  if (rows === 0) throw new RangeError("An isolation forest needs at least one row to learn from.");

  const medians = columnMedians(data, width);
  const forest = growForest(finiteRows(data, medians), width, trees, Math.min(sampleSize, rows), seed);
  return {
    score(data) {
      countRows(data, width);
      return scoreRows(forest, finiteRows(data, medians));
    },
  };
}

function requireCount(what: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new RangeError(`The ${what} must be a positive whole number, not ${value}.`);
}

function countRows(data: Float64Array, width: number): number {
  const rows = data.length / width;
  if (!Number.isInteger(rows))
    throw new RangeError(`${data.length} values are no whole number of rows of ${width} features.`);
  return rows;
}
