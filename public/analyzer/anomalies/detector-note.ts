/** How anomalies were looked for, above what was found. */
import type { AnomaliesAnswer } from "../../../src/analyzer/dashboard/contract.ts";
import { element } from "../../lib/dom.ts";
import { detectorSentences } from "./detector-sentences.ts";

export function detectorNote(answer: AnomaliesAnswer): HTMLElement {
  return element(
    "div",
    { class: answer.learning ? "detector learning" : "detector" },
    answer.learning ? element("span", { class: "chip" }, "learning") : undefined,
    ...detectorSentences(answer).map((sentence) => element("p", {}, sentence)),
  );
}
