/**
 * The report: what `pcs analyze --json` prints and the dashboard shows. Types only, for people and programs
 * to read.
 */
import type { AnomaliesReport } from "../anomaly/anomaly-report.ts";
import type { Evaluation } from "../anomaly/evaluation.ts";
import type { LayerName } from "../packet/layers.ts";
import type { ProtocolName } from "../packet/protocols.ts";
import type { FrameKind } from "../recognition/frame-kind.ts";
import type { Count } from "../traffic/name-counts.ts";
import type { ConversationRow, FlowsReport, HostRow, Table } from "../traffic/report-rows.ts";
import type { SizeSummary } from "../traffic/size-histogram.ts";
import type { SeriesSnapshot } from "../traffic/time-series.ts";

export interface Report {
  source: {
    kind: "file" | "stdin" | "interface";
    /** As the person named it; `-` for standard input. */
    name: string;
    linkTypes: string[];
  };
  packets: number;
  /** Bytes on the wire. */
  bytes: number;
  capturedBytes: number;
  /** The earliest packet, in seconds since 1970; null where no packet has a time. */
  firstTime: number | null;
  lastTime: number | null;
  durationSeconds: number;
  /** Bytes on the wire; 0 where there are no packets. */
  averagePacketSize: number;
  /** Packets in which a layer occurs: once a packet, also quoted in ICMP errors. Others are left out. */
  layers: Partial<Record<LayerName, Count>>;
  /** Each packet once, under the highest protocol recognised. */
  protocols: Partial<Record<ProtocolName, Count>>;
  sizes: Partial<Record<ProtocolName, SizeSummary>>;
  /** With `anomalies` where they were looked for: the flagged packets of each step. */
  series: SeriesSnapshot & { anomalies?: number[] };
  hosts: Table<HostRow>;
  flows: FlowsReport;
  conversations: Table<ConversationRow>;
  /** Packets of pcs itself, by what they are about. */
  pcs: Partial<Record<FrameKind, Count>>;
  /** Left out with `--no-anomalies`. */
  anomalies?: AnomaliesReport;
  /** Only with `--labels`. */
  evaluation?: Evaluation;
  /** Packets cut by the snapshot length. */
  truncated: number;
  /** Packets with a header that contradicts itself or what is there of the packet. */
  malformed: number;
  /** Packets lost by the kernel, as the capture says, and by pcs together. */
  dropped: number;
  /** Sentences. */
  warnings: string[];
}
