/** Deviations planted into ordinary rows, one feature at a time: does its reason come first? */
import { fitIsolationForest } from "../isolation-forest.ts";
import { featureColumn, featureCount, features, scaleFeatures } from "../features/feature-list.ts";
import { SeededRandom } from "../seeded-random.ts";
import { describeBaseline, quantile, type Baseline } from "./baseline.ts";
import { explainRow, type ScoreRows } from "./explain-row.ts";

export interface Ordinary {
  /** In natural units. */
  rows: Float64Array;
  baseline: Baseline;
  score: ScoreRows;
}

const baselineRows = 4096;

/** Learns from a sample of the rows. */
export function learn(rows: Float64Array): Ordinary {
  const random = new SeededRandom(1);
  const sample = random.sample(rows.length / featureCount, baselineRows);
  const learnt = new Float64Array(sample.length * featureCount);
  sample.forEach((row, i) => learnt.set(rowAt(rows, row), i * featureCount));
  const baseline = describeBaseline(learnt, featureCount);
  scaleFeatures(learnt);
  const forest = fitIsolationForest(learnt, featureCount);
  return { rows, baseline, score: (scaled) => forest.score(scaled) };
}

/** Values from mild to grave; undefined where a feature cannot deviate so. */
export type Deviation = (ascending: Float64Array, feature: number) => number | undefined;

const isTruth = (feature: number): boolean => features[feature]!.unit === "0 or 1";
const times =
  (factor: number): Deviation =>
  (ascending, feature) =>
    isTruth(feature) ? 1 : Math.max(1, ascending.at(-1)!) * factor;

export const deviations: Readonly<Record<string, Deviation>> = {
  "just beyond the 99.9 % quantile": (ascending, feature) => {
    const value = quantile(ascending, 0.999);
    return isTruth(feature) ? 1 : (ascending.find((each) => each > value) ?? value * 1.02);
  },
  "just beyond the maximum": (ascending, feature) => times(1.02)(ascending, feature),
  "twice the maximum": times(2),
  "ten times the maximum": times(10),
  "a thousand times the maximum": times(1000),
};

export const lowDeviations: Readonly<Record<string, Deviation>> = {
  "half the 0.1 % quantile": (ascending) => lower(ascending, 2),
  "a tenth of the 0.1 % quantile": (ascending) => lower(ascending, 10),
};

/** Only a feature that is nearly always far above its least value can be strangely low. */
function lower(ascending: Float64Array, factor: number): number | undefined {
  const value = quantile(ascending, 0.001);
  return value > 0 && value < quantile(ascending, 0.05) / 1.5 ? value / factor : undefined;
}

export interface Outcome {
  planted: number;
  /** How often the planted feature was the first reason, and how often one of the three. */
  first: number;
  named: number;
}

/** @returns for each feature that can deviate so */
export function plant(
  { rows, baseline, score }: Ordinary,
  deviation: Deviation,
  repeats: number,
): Map<string, Outcome> {
  const outcomes = new Map<string, Outcome>();
  const random = new SeededRandom(2);
  for (const { name } of features) {
    const feature = featureColumn[name];
    const ascending = rows.filter((_, i) => i % featureCount === feature).sort();
    const value = deviation(ascending, feature);
    if (value === undefined) continue;
    const outcome = { planted: 0, first: 0, named: 0 };
    while (outcome.planted < repeats) {
      const row = rowAt(rows, random.below(rows.length / featureCount)).slice();
      if (row[feature] === value) continue;
      row[feature] = value;
      const place = explainRow(score, baseline, row).findIndex((reason) => reason.feature === name);
      outcome.planted++;
      if (place === 0) outcome.first++;
      if (place >= 0) outcome.named++;
    }
    outcomes.set(name, outcome);
  }
  return outcomes;
}

function rowAt(rows: Float64Array, row: number): Float64Array {
  return rows.subarray(row * featureCount, (row + 1) * featureCount);
}
