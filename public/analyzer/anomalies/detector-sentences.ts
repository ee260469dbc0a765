/** How anomalies were looked for, in words: what was judged, by which threshold, and what was let go. */
import type { AnomaliesAnswer } from "../../../src/analyzer/dashboard/contract.ts";
import { formatCount, formatShare } from "../format.ts";

/** A paragraph each. @param isLive whether more packets may come to learn from */
export function detectorSentences(answer: AnomaliesAnswer, isLive: boolean): string[] {
  const { scored, flagged, threshold, thresholdRule, learning, unjudged, evicted } = answer;
  const sentences: string[] = [];
  if (scored > 0) sentences.push(`${haveScore(scored)}, and ${areFlagged(flagged, scored)}.`);
  sentences.push(
    threshold === null
      ? "Too little was seen to say what is ordinary here: only the rules flag packets."
      : `Flagged is what scores ${threshold.toFixed(3)} or more, or what a rule finds. ${thresholdRule}`,
  );
  if (learning && isLive)
    sentences.push("What is ordinary is still being learnt, so early scores are rough.");
  if (answer.expectedPackets > 0)
    sentences.push(
      `${formatCount(answer.expectedPackets)} flagged packets were let off, as they are expected.`,
    );
  if (unjudged > 0)
    sentences.push(`${formatCount(unjudged)} packets were not judged, as they came too fast.`);
  if (evicted > 0)
    sentences.push(
      `${formatCount(evicted)} hosts, pairs and other contexts gave way to newer ones in full tables.`,
    );
  return sentences;
}

function haveScore(scored: number): string {
  return scored === 1 ? "1 packet has a score" : `${formatCount(scored)} packets have a score`;
}

function areFlagged(flagged: number, scored: number): string {
  if (flagged === 0) return "none of them is flagged";
  return `${formatCount(flagged)} of them ${flagged === 1 ? "is" : "are"} flagged (${formatShare(flagged, scored)})`;
}
