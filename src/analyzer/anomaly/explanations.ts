/**
 * Why feature rows are strange, in words: a rule's own reason first, then what the forest finds. Whole
 * explanations cost a fraction of a millisecond and are made for what is shown; brief ones are one look-up.
 */
import type { AnomalyDetector } from "./anomaly-detector.ts";
import { rarestColumn, valuesOf, type AnomalyModel } from "./anomaly-model.ts";
import { scoreCodes } from "./code-forest.ts";
import { featureCount, features } from "./features/feature-list.ts";
import { codeOfScaled } from "./features/feature-row.ts";
import { maxDescribedRows, maxExplained } from "./limits.ts";
import { describeBaseline, type Baseline } from "./reasons/baseline.ts";
import { explainRow } from "./reasons/explain-row.ts";
import type { Reason } from "./reasons/reason.ts";
import { reasonText } from "./reasons/reason-text.ts";
import { describePattern, patternOf } from "./rules/pattern-rules.ts";

export class Explanations {
  private readonly detector: AnomalyDetector;
  private readonly model: AnomalyModel;
  private described: Baseline | undefined;
  /** What was explained last. */
  private readonly known = new Map<number, Reason[]>();

  constructor(detector: AnomalyDetector, model: AnomalyModel) {
    this.detector = detector;
    this.model = model;
  }

  /** Up to three reasons, the heaviest first; a rule's, which is one more, before them. */
  whole(vector: number): Reason[] {
    let reasons = this.known.get(vector);
    if (reasons === undefined) {
      reasons = this.explain(vector);
      this.known.set(vector, reasons);
      if (this.known.size > maxExplained) this.known.delete(this.known.keys().next().value!);
    }
    return reasons;
  }

  private explain(vector: number): Reason[] {
    const spoken = this.byRule(vector);
    if (this.model.baseline.length === 0) return spoken;
    const row = this.rowOf(vector);
    const found = explainRow((scaled) => this.score(scaled), this.baseline, row);
    return [...spoken, ...found].slice(0, 3);
  }

  /** One reason: the rule's, else the rarest feature. */
  briefly(vector: number): Reason[] {
    const spoken = this.byRule(vector);
    if (spoken.length > 0) return spoken;
    const column = rarestColumn(this.model, this.detector.vectors, vector);
    const typical = this.baseline.typical[column]!;
    const value = this.rowOf(vector)[column]!;
    const feature = features[column]!;
    return [{ feature: feature.name, value, typical, weight: 1, text: reasonText(feature, value, typical) }];
  }

  private byRule(vector: number): Reason[] {
    const { vectors, ruleReasons } = this.detector;
    const own = ruleReasons.get(vector);
    const value = valuesOf(vectors, vector);
    const pattern = patternOf(value, vectors.isWindowless(vector));
    const reasons = own === undefined ? [] : [own];
    if (pattern !== 0) reasons.push(describePattern(pattern, value));
    return reasons;
  }

  private get baseline(): Baseline {
    this.described ??= this.describe();
    return this.described;
  }

  private describe(): Baseline {
    const { baseline } = this.model;
    const step = Math.max(1, Math.floor(baseline.length / maxDescribedRows));
    const count = Math.floor(baseline.length / step);
    const rows = new Float64Array(count * featureCount);
    for (let i = 0; i < count; i++) rows.set(this.rowOf(baseline[i * step]!), i * featureCount);
    return describeBaseline(rows, featureCount);
  }

  private rowOf(vector: number): Float64Array {
    const start = vector * featureCount;
    return Float64Array.from(this.detector.vectors.values.subarray(start, start + featureCount));
  }

  /** Scores rows on the scale of logarithms by the forest, which knows codes. */
  private score(scaled: Float64Array): Float64Array {
    const codes = Uint8Array.from(scaled, (value, i) => codeOfScaled(i % featureCount, value));
    return scoreCodes(this.model.forest, codes);
  }
}
