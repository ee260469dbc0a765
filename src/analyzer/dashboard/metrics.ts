/** What there is to count, in Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats/). */
import { metric, singleMetric as one } from "../../lib/prometheus.ts";
import type { LiveCounts } from "../monitor/live-monitor.ts";
import type { Report } from "../monitor/report.ts";

/** What the dashboard itself holds and has done. */
export interface ServedMetrics {
  storedPackets: number;
  /** Stored packets without their bytes. */
  lostBytes: number;
  openCaptures: number;
  uploads: { opened: number; refused: number; bytes: number };
  streams: { open: number; refused: number };
  exports: { open: number; refused: number };
  cache: { entries: number; size: number; hits: number; misses: number; refused: number };
  marks: number;
}

export function formatMetrics(report: Report, counts: LiveCounts, served: ServedMetrics): string {
  const { anomalies } = report;
  const { uploads, streams, exports: files, cache } = served;
  return [
    one("gauge", "pcs_packets", "Packets in the capture.", report.packets),
    one("gauge", "pcs_bytes", "Bytes on the wire.", report.bytes),
    one("gauge", "pcs_live", "1 while more packets may come.", counts.live ? 1 : 0),
    one("gauge", "pcs_packets_dropped", "Packets lost by the kernel or by pcs.", report.dropped),
    metric("gauge", "pcs_packets_dropped_by", "Packets lost, by who lost them.", [
      ['{by="kernel"}', counts.droppedByKernel],
      ['{by="pcs"}', counts.droppedByPcs],
    ]),
    one("gauge", "pcs_packets_malformed", "Packets with a wrong header.", report.malformed),
    one("gauge", "pcs_packets_truncated", "Packets cut by the snapshot length.", report.truncated),
    metric(
      "gauge",
      "pcs_protocol_packets",
      "Packets by the highest protocol recognised.",
      Object.entries(report.protocols).map(([name, { packets }]) => [`{protocol="${name}"}`, packets]),
    ),
    metric(
      "gauge",
      "pcs_protocol_bytes",
      "Bytes on the wire by the highest protocol recognised.",
      Object.entries(report.protocols).map(([name, { bytes }]) => [`{protocol="${name}"}`, bytes]),
    ),
    metric("gauge", "pcs_table_rows", "Flows, hosts and conversations seen.", [
      ['{table="flows"}', report.flows.total],
      ['{table="hosts"}', report.hosts.total],
      ['{table="conversations"}', report.conversations.total],
    ]),
    metric("gauge", "pcs_table_evicted", "Rows that gave way in full tables.", [
      ['{table="flows"}', report.flows.evicted],
      ['{table="hosts"}', report.hosts.evicted],
      ['{table="conversations"}', report.conversations.evicted],
    ]),
    anomalies === undefined
      ? ""
      : [
          one("gauge", "pcs_packets_scored", "Packets that have an anomaly score.", anomalies.scored),
          one("gauge", "pcs_packets_flagged", "Packets found abnormal.", anomalies.flagged),
          one(
            "gauge",
            "pcs_packets_expected",
            "Flagged packets let off as expected.",
            anomalies.expectedPackets,
          ),
          one(
            "gauge",
            "pcs_packets_unjudged",
            "Packets not looked at, as too many came.",
            anomalies.unjudged,
          ),
          one("gauge", "pcs_episodes", "Episodes of abnormal packets.", anomalies.episodesTotal),
        ].join(""),
    one("gauge", "pcs_packets_stored", "Packets kept to be shown.", served.storedPackets),
    one("gauge", "pcs_packets_without_bytes", "Packets whose bytes are not kept.", served.lostBytes),
    one("gauge", "pcs_captures_open", "Captures that are open.", served.openCaptures),
    one("counter", "pcs_uploads_total", "Captures opened from the page.", uploads.opened),
    one("counter", "pcs_uploads_refused_total", "Captures that were refused.", uploads.refused),
    one("counter", "pcs_upload_bytes_total", "Bytes of uploaded captures.", uploads.bytes),
    one("gauge", "pcs_live_streams", "Streams of live events that are open.", streams.open),
    one("counter", "pcs_live_streams_refused_total", "Streams that were one too many.", streams.refused),
    one("gauge", "pcs_exports", "Files that are being exported.", files.open),
    one("counter", "pcs_exports_refused_total", "Exports that were one too many.", files.refused),
    one("gauge", "pcs_answer_cache_entries", "Answers kept for selections.", cache.entries),
    one("gauge", "pcs_answer_cache_characters", "Characters of these.", cache.size),
    one("counter", "pcs_answer_cache_hits_total", "Answers given again.", cache.hits),
    one("counter", "pcs_answer_cache_misses_total", "Answers that had to be made.", cache.misses),
    one("counter", "pcs_answers_refused_total", "Questions that were too many at once.", cache.refused),
    one("gauge", "pcs_expected_marks", "Causes marked as expected.", served.marks),
  ].join("");
}
