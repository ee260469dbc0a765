/** A feature's value and what is typical of it, as one sentence. */
import { featureSentences } from "../features/feature-sentences.ts";
import { chooseFormat, formatNumber, formatRange } from "./format-quantity.ts";
import type { ReasonFeature, Typical } from "./reason.ts";

/** The unit of features that are a yes or a no, and of those with digits behind the point. */
const [truth, ratio] = ["0 or 1", "ratio"];

/** `contacted 212 ports in 20 s; hosts here contact 1 to 3`: for one packet, without a full stop. */
export function reasonText(feature: ReasonFeature, value: number, typical: Typical): string {
  const sentence = sentenceFor(feature, value, typical);
  if (sentence === undefined) {
    const unit = unitOf(feature.unit, value);
    return `${feature.name} is ${formatNumber(value)}${unit}; typical here is ${formatRange(typical, formatNumber)}`;
  }
  const format = feature.unit === ratio ? formatNumber : chooseFormat(value, typical);
  const number = format(value);
  const noun = sentence.noun[number === "1" ? 0 : 1];
  const usual = sentence.typical.replace("#", formatRange(typical, format));
  return `${sentence.text.replace("#", `${number} ${noun}`)}; ${usual}`;
}

/** A yes has its words only where a no is the rule. */
function sentenceFor({ name, unit }: ReasonFeature, value: number, { high }: Typical) {
  if (!Object.hasOwn(featureSentences, name)) return undefined;
  return unit === truth && !(value >= 1 && high === 0) ? undefined : featureSentences[name];
}

/** With a blank in front; a number that is a ratio or a truth has none. */
function unitOf(unit: string, value: number): string {
  if (unit === ratio || unit === truth || unit === "") return "";
  if (value !== 1) return ` ${unit}`;
  return ` ${unit.replace(/(?<=ss|x|ch|sh)es$|(?<=[a-z][^s\W])s$/, "")}`;
}
