/** The rows of flows, hosts and conversations in the report: types only, for the page shares them. */
import type { ProtocolName } from "../packet/protocols.ts";

/** A table of the report: how many rows there are in all, and the largest of them. */
export interface Table<Row> {
  total: number;
  /** Rows that had to go when the table was full; a row that came back is counted in `total` once more. */
  evicted: number;
  /** By bytes, the largest first. */
  top: Row[];
}

/** What the detector of anomalies made of a host's or a flow's packets. */
export interface JudgedScore {
  /** Of the strangest of them, 0 to 1. */
  score: number;
  /** How many were flagged, without those that are expected. */
  flagged: number;
}

/** Tells what was judged; null where nothing was, or it is no longer known. */
export interface JudgedEndsOf {
  /** @param words of an address of IP, four from `at` on: version 4 takes the last */
  scoreOfHost(version: number, words: Uint32Array, at: number): JudgedScore | null;
  /**
   * @param low where the words of one end's address begin, and `high` those of the other's
   * @param ports of the one end << 16 | of the other
   */
  scoreOfFlow(
    version: number,
    words: Uint32Array,
    low: number,
    high: number,
    ports: number,
    transport: number,
  ): JudgedScore | null;
}

/**
 * Fields of rows where anomalies were looked for; null where nothing of them was judged, or it is no longer known.
 * A packet inside a tunnel is judged for the flow of its own ends, not for the tunnel's.
 */
export interface JudgedRow {
  /** The score of its strangest packet, 0 to 1. */
  score?: number | null;
  /** Its packets that were flagged, without those that are expected. */
  flagged?: number | null;
}

export type Transport = "tcp" | "udp" | "sctp";

export type TcpState = "opening" | "refused" | "established" | "closing" | "closed" | "reset";

export interface FlowRow extends JudgedRow {
  /** Who began it: whose packet was first, or whose was the SYN. */
  source: string;
  sourcePort: number;
  destination: string;
  destinationPort: number;
  transport: Transport;
  protocol: ProtocolName;
  /** What it is about: server name, host, name asked for. */
  name: string | null;
  /** Version, method and status, banner. */
  detail: string | null;
  /** From source to destination, and back. */
  packetsOut: number;
  packetsIn: number;
  bytesOut: number;
  bytesIn: number;
  /** Seconds since 1970; null where its packets have no times. */
  start: number | null;
  durationSeconds: number;
  /** Of TCP alone, as all that follows. */
  state: TcpState | null;
  /** From SYN to the acknowledgement that ends the handshake. */
  rttMs: number | null;
  retransmissions: number;
  outOfOrder: number;
  resets: number;
}

export interface FlowsReport extends Table<FlowRow> {
  /** All flows and what went in them: a packet inside a tunnel is in the tunnel's flow and in its own. */
  transports: Record<Transport, { flows: number; packets: number; bytes: number }>;
}

export interface HostRow extends JudgedRow {
  address: string;
  /** Its Ethernet address; null where none was seen, or where it is that of a router. */
  mac: string | null;
  /** Who made its network card, by the first bytes of `mac`. */
  vendor: string | null;
  /** Names that DNS, DHCP, TLS and HTTP gave this address. */
  names: readonly string[];
  packetsIn: number;
  packetsOut: number;
  bytesIn: number;
  bytesOut: number;
  /** Seconds since 1970; null where its packets have no times. */
  firstSeen: number | null;
  lastSeen: number | null;
  /** Addresses it exchanged packets with, about. */
  peers: number;
}

export interface ConversationRow {
  /** The two addresses, the lower one first. */
  a: string;
  b: string;
  packetsAtoB: number;
  packetsBtoA: number;
  bytesAtoB: number;
  bytesBtoA: number;
  /** Seconds since 1970; null where its packets have no times. */
  start: number | null;
  durationSeconds: number;
  flows: number;
}
