/** A feature's value and what is typical of it, as one sentence. */
import { featureSentences } from "../features/feature-sentences.ts";
import { chooseFormat, formatNumber, formatRange } from "./format-quantity.ts";
import type { ReasonFeature, Typical } from "./reason.ts";

/** The unit of features that are a yes or a no, and those with digits behind the point. */
const truth = "0 or 1";
const fractional = new Set(["ratio", "bits", "times the usual deviation"]);

/** `contacted 212 ports in 20 s; hosts here contact 1 to 3`: for one packet, without a full stop. */
export function reasonText(feature: ReasonFeature, value: number, typical: Typical): string {
  const sentence = sentenceFor(feature, value);
  if (sentence === undefined) {
    const unit = unitOf(feature.unit, value);
    return `${feature.name} is ${formatNumber(value)}${unit}; typical here is ${formatRange(typical, formatNumber)}`;
  }
  if (feature.unit === truth) return `${sentence.text}; ${usualTruth(sentence.typical, typical)}`;
  const format = fractional.has(feature.unit) ? formatNumber : chooseFormat(value, typical);
  const number = format(value);
  const noun = sentence.noun[number === "1" ? 0 : 1];
  const usual = sentence.typical.replace("#", formatRange(typical, format));
  const text = value === 0 && sentence.none !== undefined ? sentence.none : sentence.text;
  return `${text.replace("#", `${number} ${noun}`)}; ${usual}`;
}

/** A no has no words of its own. */
function sentenceFor({ name, unit }: ReasonFeature, value: number) {
  if (!Object.hasOwn(featureSentences, name)) return undefined;
  return unit === truth && !(value >= 1) ? undefined : featureSentences[name];
}

/** What is typical reaches from the 5 % to the 95 % quantile. */
function usualTruth(text: string, { low, high }: Typical): string {
  if (high === 0) return text;
  return low === 0 ? "so are some packets here" : "so are nearly all packets here";
}

/** With a blank in front; a number that is a ratio or a truth has none. */
function unitOf(unit: string, value: number): string {
  if (unit === "ratio" || unit === truth || unit === "") return "";
  if (value !== 1) return ` ${unit}`;
  return ` ${unit.replace(/(?<=ss|x|ch|sh)es$|(?<=[a-z][^s\W])s$/, "")}`;
}
