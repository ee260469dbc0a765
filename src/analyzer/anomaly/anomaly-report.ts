/** What the report says about anomalies: types only. */
import type { EpisodesSnapshot } from "./episodes/episode.ts";
import type { Reason } from "./reasons/reason.ts";

/** A packet that was flagged: the first of those with the same features. */
export interface AnomalousPacket {
  /** Counted from 1, as Wireshark does. */
  number: number;
  /** Seconds since 1970; null where the capture keeps none. */
  time: number | null;
  /** 0 to 1, higher is stranger. */
  score: number;
  /** Addresses: of IP, of ARP's protocol, else of the link. */
  source: string;
  destination: string;
  protocol: string;
  /** Bytes on the wire. */
  size: number;
  /** The heaviest first, at most three. */
  reasons: Reason[];
}

export interface AnomaliesReport {
  /** Packets that have a score, and those of them at or above the threshold that are not expected. */
  scored: number;
  flagged: number;
  /** Of what was marked as expected, the flagged packets that were let off. */
  expectedPackets: number;
  /** Null while too little was seen to judge: then only rules flag. */
  threshold: number | null;
  /** How the threshold was chosen, as a sentence. */
  thresholdRule: string;
  /** Whether what is ordinary is still being learnt. */
  learning: boolean;
  top: AnomalousPacket[];
  episodes: EpisodesSnapshot["top"];
  /** Episodes in all, and those that gave way to graver ones. */
  episodesTotal: number;
  episodesEvicted: number;
  /** Hosts, flows, pairs and other contexts that gave way in bounded tables, and packets that were not judged. */
  evicted: number;
  unjudged: number;
}
