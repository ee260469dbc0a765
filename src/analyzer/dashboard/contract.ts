/**
 * What goes over HTTP: one file for the server and the page, so that neither can drift from the other. Types
 * only; what a report holds is told where it is made.
 *
 * Every data route takes the same query, `SelectionQuery`, and answers for the packets it selects.
 */
import type { AnomaliesReport } from "../anomaly/anomaly-report.ts";
import type { PacketDetails } from "../monitor/packet-details.ts";
import type { Report } from "../monitor/report.ts";
import type { ProtocolName } from "../packet/protocols.ts";
import type { FilterField } from "../query/filter-fields.ts";
import type { PacketRow } from "../query/packet-rows.ts";
import type { RowsAnswer, Scored } from "../query/selection-rows.ts";
import type { ConversationRow, FlowRow, HostRow } from "../traffic/report-rows.ts";

export type { FilterField } from "../query/filter-fields.ts";
export type { PacketRow } from "../query/packet-rows.ts";
export type { RowsAnswer, Scored } from "../query/selection-rows.ts";

/** The parameters of every data route, all of them optional; what a parameter leaves out is not filtered. */
export interface SelectionQuery {
  /** An address or CIDR, version 4 or 6. */
  src?: string;
  dst?: string;
  /** Any name of `layers` or `protocols`. */
  protocol?: string;
  /** Of either end, 0 to 65535. */
  port?: string;
  /** Seconds since 1970, fractional; `from` counts, `to` does not. */
  from?: string;
  to?: string;
  /** A display filter: `src 10.0.0.0/8 and tcp.port 443 and not dns`. */
  q?: string;
  /** The `id` of an open capture; the first one where it is left out. */
  capture?: string;
}

/** The parameters of a route that gives a part of many rows. */
export interface PageQuery extends SelectionQuery {
  /** Rows to skip, 0 where left out. */
  offset?: string;
  /** Rows at most: 1 to 1000, 100 where left out. */
  limit?: string;
  /** A column of the row, `-` before it for the largest first. */
  sort?: string;
}

/** What a selection is of: packets that are no longer stored are in no filtered answer. */
export interface SelectionNote {
  /** Numbers of the first and the last packet that is stored; 0 where there is none. */
  firstStored: number;
  lastStored: number;
}

/** `selection` where something was filtered; `live` where the capture still runs, and says more a second later. */
export type ReportAnswer = Report & { live?: true; selection?: SelectionNote };

/** With `by=protocol`: rows of `time` for each protocol, 0 where it has none. */
export type SeriesAnswer = Report["series"] & {
  protocols?: Partial<Record<ProtocolName, { packets: number[]; bytes: number[] }>>;
};

export type EpisodeRow = AnomaliesReport["episodes"][number] & {
  /** The same in every run over the same capture: what is marked as expected. */
  key: string;
  /** Marked as expected; then its packets are not counted as flagged. */
  expected?: true;
};

export type AnomaliesAnswer = Omit<AnomaliesReport, "episodes"> & {
  episodes: EpisodeRow[];
  /** Of those that were marked as expected, the flagged packets that were let off. */
  expectedPackets: number;
};

/** Something that was marked as expected. */
export interface ExpectedRow {
  key: string;
  /** What it is, as the episode said it. */
  text: string;
  /** Seconds since 1970. */
  since: number;
}

export interface CaptureRow {
  id: string;
  name: string;
  kind: Report["source"]["kind"];
  packets: number;
  live: boolean;
}

/**
 * What the event `snapshot` of `GET /api/live` carries: at most four a second, and only the latest. A browser opens
 * at most six connections to one host, and a stream holds one: tabs that nobody sees should leave theirs.
 */
export interface LiveSnapshot {
  packets: number;
  bytes: number;
  /** Seconds since 1970 of the latest packet; null where there is none. */
  lastTime: number | null;
  /** Of the last second of this machine's clock. */
  packetsPerSecond: number;
  bytesPerSecond: number;
  /** Lost by the kernel, and by pcs itself. */
  droppedByKernel: number;
  droppedByPcs: number;
  /** Null where anomalies are not looked for. */
  flagged: number | null;
  learning: boolean;
  /** Whether the capture still runs; after `false` no event follows. */
  live: boolean;
}

/** What each `GET` route answers with. `/api/export.pcap`, `.pcapng`, `.csv` and `.json` give files. */
export interface Answers {
  "/api/report": ReportAnswer;
  "/api/series": SeriesAnswer;
  "/api/packets": RowsAnswer<PacketRow>;
  "/api/packets/:number": PacketDetails;
  "/api/flows": RowsAnswer<FlowRow & Scored & { flow: number }>;
  "/api/hosts": RowsAnswer<HostRow & Scored>;
  "/api/conversations": RowsAnswer<ConversationRow & Scored>;
  "/api/anomalies": AnomaliesAnswer;
  "/api/captures": CaptureRow[];
  "/api/expected": ExpectedRow[];
  "/api/fields": FilterField[];
}

/** What each `POST` route takes. */
export interface Requests {
  /** Changes the token for a cookie; answers 204. */
  "/api/session": { token: string };
  /** Marks an episode as expected, or takes the mark away; answers with what is marked. */
  "/api/expected": { key: string; expected: boolean; capture?: string };
}

/** The body of every answer that is no success. */
export interface Problem {
  error: {
    code: string;
    message: string;
    /** Of a display filter: where in `q` it is wrong, in UTF-16 units. */
    at?: { start: number; end: number };
  };
}
