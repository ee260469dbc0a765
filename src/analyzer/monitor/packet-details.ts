/** What the dashboard tells of one packet. Types only, shared with the page. */
import type { InspectedLayer } from "../packet/inspector/inspected-layer.ts";
import type { ProtocolName } from "../packet/protocols.ts";

export interface PacketDetails {
  /** Counted from 1. */
  number: number;
  /** Seconds since 1970; null where the capture keeps no time for it. */
  time: number | null;
  /** Addresses of the innermost IP header; null where there is none. */
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
