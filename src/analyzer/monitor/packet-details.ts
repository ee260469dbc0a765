/** What the dashboard tells of one packet. Types only, shared with the page. */
import type { Reason } from "../anomaly/reasons/reason.ts";
import type { InspectedLayer } from "../packet/inspector/inspected-layer.ts";
import type { ProtocolName } from "../packet/protocols.ts";

/** How a packet was judged. */
export interface PacketJudgement {
  /** 0 to 1; null where it was not judged. */
  score: number | null;
  /** Found abnormal, and not marked as expected. */
  flagged: boolean;
  /** Found abnormal, and part of what was marked as expected. */
  expected?: true;
  /** Why it was found abnormal, the heaviest first. */
  reasons: readonly Reason[];
}

export interface PacketDetails extends PacketJudgement {
  /** Counted from 1. */
  number: number;
  /** Seconds since 1970; null where the capture keeps no time for it. */
  time: number | null;
  /** Of the innermost IP header, else of the link; null where there is none. */
  source: string | null;
  destination: string | null;
  /** 0 where there are none. */
  sourcePort: number;
  destinationPort: number;
  protocol: ProtocolName;
  /** Bytes on the wire. */
  size: number;
  capturedBytes: number;
  linkType: string;
  /** From the outside in; `start` and `length` count in `bytes`. */
  layers: InspectedLayer[];
  /** In hex; null where they cannot be had. */
  bytes: string | null;
  /** Why there are no bytes, in a sentence; only where there are none. */
  missing?: string;
}
