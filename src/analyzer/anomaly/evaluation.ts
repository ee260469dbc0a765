/**
 * How well scores tell attacks from ordinary packets.
 *
 * AUROC is the chance that an attack's packet has a higher score than an ordinary one, a tie counting half
 * (Hanley and McNeil 1982). AUPRC is the average precision: the sum over the distinct scores, from the
 * highest, of the precision down to there times the share of attacks gained there (as scikit-learn has it, no
 * interpolation). Scores are numbers, never NaN.
 */
import { countBelow, countUpTo } from "../../lib/count-below.ts";
import { ExpectedError } from "../../lib/errors.ts";
import type { Labels } from "./labels.ts";

/** Undefined ratios (no attack, nothing ordinary, nothing flagged) are null. */
export interface Evaluation {
  auroc: number | null;
  auprc: number | null;
  /** Share of the packets that belong to an attack: the AUPRC of scores that know nothing. */
  baseRate: number | null;
  /** Share of the flagged packets that belong to an attack. */
  precisionAtFlagged: number | null;
  /** Share of the attacks' packets that are flagged. */
  recallAtFlagged: number | null;
  /** Each attack by itself, against the packets that belong to none. */
  attacks: Record<string, { packets: number; auroc: number | null }>;
}

/**
 * @param scores of each packet of the capture, in its order
 * @param flagged 1 for each packet that was flagged, else 0
 * @throws ExpectedError where the labels are for another number of packets
 */
export function evaluate(scores: Float64Array, flagged: Uint8Array, labels: Labels): Evaluation {
  const { attack, attackNames } = labels;
  if (attack.length !== scores.length)
    throw new ExpectedError(
      `The labels are for ${attack.length} packets, but the capture has ${scores.length}.`,
    );
  const ordinary = scores.filter((_, i) => attack[i] === 0).sort();
  const strange = scores.filter((_, i) => attack[i] !== 0).sort();
  const attacks = attackNames.map((name, place) => {
    const own = scores.filter((_, i) => attack[i] === place + 1);
    return [name, { packets: own.length, auroc: areaAgainst(ordinary, own) }] as const;
  });
  let flaggedAttacks = 0;
  let flaggedAll = 0;
  for (let i = 0; i < scores.length; i++) {
    if (flagged[i] === 0) continue;
    flaggedAll++;
    if (attack[i] !== 0) flaggedAttacks++;
  }
  return {
    auroc: areaAgainst(ordinary, strange),
    auprc: averagePrecision(ordinary, strange),
    baseRate: ratio(strange.length, scores.length),
    precisionAtFlagged: ratio(flaggedAttacks, flaggedAll),
    recallAtFlagged: ratio(flaggedAttacks, strange.length),
    attacks: Object.fromEntries(attacks),
  };
}

/** AUROC of `scores` where `labels` is 1 for what they should find, else 0. */
export function areaUnderRoc(scores: Float64Array, labels: Uint8Array): number | null {
  const ordinary = scores.filter((_, i) => labels[i] === 0).sort();
  return areaAgainst(
    ordinary,
    scores.filter((_, i) => labels[i] !== 0),
  );
}

/** @param ordinary ascending */
function areaAgainst(ordinary: Float64Array, strange: Float64Array): number | null {
  let sum = 0;
  for (const score of strange) sum += (countBelow(ordinary, score) + countUpTo(ordinary, score)) / 2;
  return ratio(sum, ordinary.length * strange.length);
}

/** Both ascending. */
function averagePrecision(ordinary: Float64Array, strange: Float64Array): number | null {
  let sum = 0;
  for (let end = strange.length; end > 0;) {
    const score = strange[end - 1]!;
    const start = countBelow(strange, score);
    const found = strange.length - start;
    const mistaken = ordinary.length - countBelow(ordinary, score);
    sum += (end - start) * (found / (found + mistaken));
    end = start;
  }
  return ratio(sum, strange.length);
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
