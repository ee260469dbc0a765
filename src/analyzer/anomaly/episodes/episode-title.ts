/** What happened, in one sentence: a reason with its hosts named, without what is typical. */
import { counted } from "../../../lib/counted.ts";
import { featureSentences } from "../features/feature-sentences.ts";
import type { Reason } from "../reasons/reason.ts";

const receiver = "the receiver";

export interface TitleHosts {
  /** Of the packet that the reason is about. */
  source: string;
  destination: string;
  /** Whom the episode is about. */
  focus: string;
  /** How many hosts it has in all. */
  count: number;
}

/** `10.0.0.5 contacted 212 ports in 20 s`: without a full stop. */
export function episodeTitle({ feature, text }: Reason, hosts: TitleHosts): string {
  const clause = text.split("; ")[0]!;
  const sentence = Object.hasOwn(featureSentences, feature) ? featureSentences[feature]! : undefined;
  const [before = "", after = ""] = sentence?.text.split("#") ?? [];
  if (sentence === undefined) return ruleTitle(feature, clause, hosts);
  if (!clause.startsWith(before) || !clause.endsWith(after)) return `${hosts.focus}: ${clause}`;
  if (sentence.title !== undefined) {
    const number = clause.slice(before.length, clause.length - after.length);
    return sentence.title.replace("#", number).replace("@", fromTo(hosts));
  }
  const named = clause.replace(receiver, hosts.destination);
  return clause.startsWith(receiver) ? named : `${hosts.source} ${named}`;
}

/** A rule tells of the sender, or of its packet as one of many: then of them all. */
function ruleTitle(feature: string, clause: string, { source, destination, focus }: TitleHosts): string {
  const named = clause.replace(receiver, destination);
  const many = named.replace(/^(?:is among|is about one of|belongs to) /, "");
  if (many.split(/[\s,()]+/).includes(focus)) return many;
  return many !== named || clause.startsWith(feature) ? `${focus}: ${many}` : `${source} ${named}`;
}

/** Only the host that the episode is about is named where there are more than two. */
function fromTo({ source, destination, focus, count }: TitleHosts): string {
  const others = counted(count - 1, "address", "addresses");
  if (count <= 2 || (source !== focus && destination !== focus)) return `from ${source} to ${destination}`;
  return source === focus ? `from ${source} to ${others}` : `from ${others} to ${destination}`;
}
