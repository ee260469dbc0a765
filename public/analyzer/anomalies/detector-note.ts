/** How anomalies were looked for, above what was found. */
import type { AnomaliesAnswer } from "../../../src/analyzer/dashboard/contract.ts";
import { element } from "../../lib/dom.ts";
import { detectorSentences } from "./detector-sentences.ts";

export function detectorNote(answer: AnomaliesAnswer, isLive: boolean): HTMLElement {
  const isLearning = answer.learning && isLive;
  return element(
    "div",
    { class: isLearning ? "detector learning" : "detector" },
    isLearning ? element("span", { class: "chip" }, "learning") : undefined,
    ...detectorSentences(answer, isLive).map((sentence) => element("p", {}, sentence)),
  );
}
