/** What episodes are made of: a few flagged packets that are alike, and whom they are about. */
import type { Reason } from "../reasons/reason.ts";

/** Whose deed or plight it is. */
export type Focus = "source" | "destination" | "pair";

export interface FlaggedCell {
  /** What says so: a rule, or what the first reason is about. The same for the same kind of happening. */
  cause: string;
  focus: Focus;
  /** Addresses as text. */
  source: string;
  destination: string;
  /** The first packet's, from 1. */
  number: number;
  /** Seconds since 1970; NaN where the capture has no times. */
  start: number;
  end: number;
  /** Packets that no other cell counts: 0 in a further cause of the same ones. */
  packets: number;
  /** On the wire. */
  bytes?: number;
  protocol?: string;
  /** The highest, 0 to 1. */
  score: number;
  /** The heaviest first. */
  reasons: Reason[];
}

/** Features are named after whose they are; all but a host's own are about both ends. */
const focusOfFamily: Readonly<Record<string, Focus>> = { source: "source", destination: "destination" };

/** What says so, and about whom. */
export type Cause = Pick<FlaggedCell, "cause" | "focus">;

/** The cause and the focus of what the forest found, by the feature that its first reason is about. */
export function causeOf(first: Pick<Reason, "feature"> | Reason): Cause {
  const family = first.feature.split(".")[0]!;
  return { cause: `forest:${family}`, focus: focusOfFamily[family] ?? "pair" };
}
