/**
 * What is ordinary here, learnt from a sample, and from where on something is called strange.
 *
 *     sample of feature rows ─> forest ─> the sample's own scores ─> threshold: the allowed share lies above it
 *
 * A rule's word raises a score; it does not replace it.
 */
import { counted, formatCount } from "../../lib/counted.ts";
import { growForest } from "./grow-forest.ts";
import { packForest, scoreCodes, type CodeForest } from "./code-forest.ts";
import { codeWords, type FeatureVectors } from "./feature-vectors.ts";
import { unpackCodes } from "./features/feature-row.ts";
import { featureColumn, featureCount, type FeatureName } from "./features/feature-list.ts";
import type { Steps } from "../../lib/steps.ts";
import { leastBaselineRows, leastBaselineSeconds, rowsOfStep } from "./limits.ts";
import { patternOf } from "./rules/pattern-rules.ts";
import { graver, rules } from "./rules/rule-list.ts";

const trees = 100;
const sampleSize = 256;
/** The share of ordinary traffic that may lie above the threshold. */
const allowedShare = 0.002;
/** Where the forest may not judge yet, its word stays below that of any rule. */
const leastRuleScore = Math.min(...rules.map(({ score }) => score));

export interface AnomalyModel {
  readonly forest: CodeForest;
  /** From this score on a packet is flagged. */
  readonly threshold: number;
  /** Whether too little was seen to judge by the forest: only rules speak then. */
  readonly isLearning: boolean;
  /** A sentence. */
  readonly thresholdRule: string;
  /** How rare each code is: for column `c` and code `k` the surprise of `k` or more, at `c * 256 + k`, in nats. */
  readonly surprise: Float32Array;
  /** The sample, as numbers of feature rows. */
  readonly baseline: Int32Array;
}

/**
 * @param baseline numbers of feature rows, at least one
 * @param seconds that they were drawn from
 */
export function* learnModel(
  vectors: FeatureVectors,
  baseline: Int32Array,
  seconds: number,
  seed: number,
): Steps<AnomalyModel> {
  const count = baseline.length;
  const codes = new Uint8Array(count * featureCount);
  for (let i = 0; i < count; i++)
    unpackCodes(vectors.words, baseline[i]! * codeWords, codes, i * featureCount);
  const size = Math.min(sampleSize, count);
  const forest = packForest(growForest(Float64Array.from(codes), featureCount, trees, size, seed));
  yield;
  const own = new Float64Array(count);
  for (let row = 0; row < count; row += rowsOfStep) {
    const until = Math.min(count, row + rowsOfStep);
    own.set(scoreCodes(forest, codes.subarray(row * featureCount, until * featureCount)), row);
    yield;
  }
  own.sort();
  const isLearning = count < leastBaselineRows || seconds < leastBaselineSeconds;
  const threshold = isLearning
    ? leastRuleScore
    : Math.max(0.5, own[Math.ceil(count * (1 - allowedShare)) - 1]! + 1e-9);
  const thresholdRule = isLearning
    ? `Still learning what is ordinary: ${counted(count, "feature row")} of ${Math.floor(seconds)} s are too few to judge by; only rules are.`
    : `Of ${counted(count, "feature row")} sampled over ${formatCount(seconds)} s, ${allowedShare * 100} % may score above it.`;
  return { forest, threshold, isLearning, thresholdRule, surprise: surprises(codes, count), baseline };
}

/** The number of the rule that speaks for feature row `vector`: about its packets, or about the row; 0 for none. */
function ruleOf(vectors: FeatureVectors, vector: number): number {
  const own = (vectors.words[vector * codeWords + 3]! >>> 16) & 0xff;
  return graver(own, patternOf(valuesOf(vectors, vector), vectors.isWindowless(vector)));
}

/** Tells the features of a row by their names. */
export function valuesOf(vectors: FeatureVectors, vector: number): (name: FeatureName) => number {
  const start = vector * featureCount;
  return (name) => vectors.values[start + featureColumn[name]]!;
}

/** Scores rows `from` to `until`, by the forest and by the rules, into the same places. */
export function scoreVectors(
  model: AnomalyModel,
  vectors: FeatureVectors,
  from: number,
  until: number,
  scores: Float64Array,
  ruleNumbers: Uint8Array,
): void {
  const codes = new Uint8Array((until - from) * featureCount);
  for (let row = from; row < until; row++)
    unpackCodes(vectors.words, row * codeWords, codes, (row - from) * featureCount);
  const byForest = scoreCodes(model.forest, codes);
  scores.set(model.isLearning ? byForest.map((score) => score * leastRuleScore) : byForest, from);
  for (let row = from; row < until; row++) {
    const rule = ruleOf(vectors, row);
    ruleNumbers[row] = rule;
    if (rule !== 0) scores[row] = Math.max(scores[row]!, rules[rule - 1]!.score);
  }
}

/** The column whose code is rarest among those of feature row `vector`. */
export function rarestColumn(model: AnomalyModel, vectors: FeatureVectors, vector: number): number {
  const codes = new Uint8Array(featureCount);
  unpackCodes(vectors.words, vector * codeWords, codes, 0);
  let rarest = 0;
  for (let c = 1; c < featureCount; c++)
    if (model.surprise[c * 256 + codes[c]!]! > model.surprise[rarest * 256 + codes[rarest]!]!) rarest = c;
  return rarest;
}

function surprises(codes: Uint8Array, count: number): Float32Array {
  const surprise = new Float32Array(featureCount * 256);
  for (let i = 0; i < codes.length; i++) surprise[(i % featureCount) * 256 + codes[i]!]!++;
  for (let c = 0; c < featureCount; c++)
    for (let k = 255, above = 0; k >= 0; k--) {
      above += surprise[c * 256 + k]!;
      surprise[c * 256 + k] = -Math.log((above + 0.5) / (count + 1));
    }
  return surprise;
}
