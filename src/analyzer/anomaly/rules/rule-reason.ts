/** Why a rule speaks about a packet. */
import { rules } from "./rule-list.ts";

export interface RuleReason {
  /** The rule's name. */
  readonly feature: string;
  readonly value: number | string;
  /** What ordinary traffic has in its place. */
  readonly typical: number | string;
  /** What the rule raises a packet's score to. */
  readonly weight: number;
  /** What the sender does, or what befalls the receiver, as a sentence without its subject. */
  readonly text: string;
}

/** @param number of a rule, from 1 on */
export function ruleReason(
  number: number,
  value: number | string,
  typical: number | string,
  text: string,
): RuleReason {
  const { name, score } = rules[number - 1]!;
  return { feature: name, value, typical, weight: score, text };
}
