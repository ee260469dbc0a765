/**
 * Why a row is strange: its features by what each contributes, the strongest first.
 *
 *     contribution = surprise × (1 + 1¼ × share of the forest's score)
 *
 * Surprise is how rare the feature's value is in the baseline, by itself. The share is what the score loses
 * where the value is replaced by those of ordinary rows, and what theirs gains by it, on average (the first
 * and the last step towards Shapley values): features that grow together cover for each other, so that taking
 * one away changes little, but put into an ordinary row each shows.
 *
 * Measured by deviations planted one at a time into rows of ordinary traffic: by the forest alone the planted
 * feature comes first in 47 to 100 % of the rows, by the feature and however grave it is, as splits end where
 * the baseline ends; by surprise alone in 91 to 100 %; by both in 98.6 % of mild ones and 99.7 % of others,
 * and always among the three. A fragment, which 2 % of the ordinary packets are, comes first in 91 %.
 */
import { features, scaleFeatures } from "../features/feature-list.ts";
import { surprise, type Baseline } from "./baseline.ts";
import { maxReasons, scoredToExplain } from "./limits.ts";
import type { Reason, ReasonFeature } from "./reason.ts";
import { reasonText } from "./reason-text.ts";

/** Scores rows that are scaled as the forest was taught, 0 to 1, higher is stranger. */
export type ScoreRows = (scaledRows: Float64Array) => Float64Array;

/** How much the forest's word counts beside rarity. */
const forestWeight = 1.25;

/**
 * @param row in natural units, of the baseline's width
 * @param names of the row's features, in the order of its columns
 * @returns at most three, heaviest first; none where nothing about the row is rarer than the median
 */
export function explainRow(
  score: ScoreRows,
  baseline: Baseline,
  row: Float64Array,
  names: readonly ReasonFeature[] = features,
): Reason[] {
  const shares = forestShares(score, baseline, row);
  const contributions = shares.map((share, c) => surprise(baseline, c, row[c]!) * (1 + forestWeight * share));
  const sum = contributions.reduce((total, each) => total + each, 0);
  const places = Array.from(contributions, (_, c) => c).filter((c) => contributions[c]! > 0);
  places.sort((a, b) => contributions[b]! - contributions[a]!);
  return places.slice(0, maxReasons).map((c) => {
    const typical = baseline.typical[c]!;
    const value = row[c]!;
    const text = reasonText(names[c]!, value, typical);
    return { feature: names[c]!.name, value, typical, weight: contributions[c]! / sum, text };
  });
}

/** Each feature's share, 0 to 1, in what the forest finds strange about the row; all 0 where it finds nothing. */
function forestShares(score: ScoreRows, baseline: Baseline, row: Float64Array): Float64Array {
  const { width } = baseline;
  const count = Math.max(2, Math.floor(scoredToExplain / (2 * width + 1)));
  const ordinary = Array.from({ length: count }, (_, i) => ordinaryRow(baseline, (i + 0.5) / count));
  // The row, the ordinary ones, then for each feature the row with theirs, and they with the row's.
  const rows = new Float64Array((1 + count + 2 * count * width) * width);
  rows.set(row);
  ordinary.forEach((each, i) => rows.set(each, (1 + i) * width));
  for (let c = 0, start = 1 + count; c < width; c++)
    for (const each of ordinary) {
      rows.set(row, start * width);
      rows[start++ * width + c] = each[c]!;
      rows.set(each, start * width);
      rows[start++ * width + c] = row[c]!;
    }
  scaleFeatures(rows);
  const scores = score(rows);
  const shares = new Float64Array(width);
  for (let c = 0, at = 1 + count; c < width; c++) {
    let gain = 0;
    for (let i = 0; i < count; i++) gain += scores[0]! - scores[at++]! + scores[at++]! - scores[1 + i]!;
    shares[c] = Math.max(0, gain);
  }
  const sum = shares.reduce((total, each) => total + each, 0);
  return sum > 0 ? shares.map((each) => each / sum) : shares.fill(0);
}

/** @param at where in the baseline, 0 to 1 */
function ordinaryRow({ rows, width }: Baseline, at: number): Float64Array {
  const start = Math.floor((at * rows.length) / width) * width;
  return rows.subarray(start, start + width);
}
