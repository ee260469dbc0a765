/** What the report and the dashboard tell of happenings: types only. */
import type { SeriesSnapshot } from "../../traffic/time-series.ts";
import type { Reason } from "../reasons/reason.ts";

export interface Episode {
  /** Of its causes and whom it is about: the same in every run over the same capture, and when it happens again. */
  key: string;
  /** Marked as expected; then its packets are not counted as flagged. */
  expected?: true;
  /** Seconds since 1970; NaN where the capture has no times. */
  start: number;
  end: number;
  packets: number;
  /** On the wire. */
  bytes: number;
  /** Whom it is about, then the most frequent of the others. */
  hosts: string[];
  /** In all, about. */
  hostCount: number;
  /** The most frequent first. */
  protocols: string[];
  /** The highest, 0 to 1. */
  score: number;
  /** One sentence without a full stop. */
  title: string;
  /** The first packet's, from 1. */
  number: number;
  /** The heaviest first, one for each feature; their weight is times their packet's score. */
  reasons: Reason[];
}

export interface EpisodesSnapshot {
  /** Episodes so far, those that go on and those evicted included. */
  total: number;
  /** Episodes forgotten, as there were too many that are graver. */
  evicted: number;
  /** The gravest first, and after all others those that are expected. */
  top: Episode[];
  /** The numbers that the packets of each of `top` know it by, and those for which there was no room. */
  numbers: readonly (readonly number[])[];
  numbersRefused: number;
  /** Of all that are expected: their flagged packets, their numbers, and their packets over time. */
  expectedPackets: number;
  expectedNumbers: readonly number[];
  expectedSeries: readonly SeriesSnapshot[];
}
