/** The counts of a report in Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats/). */
import type { Report } from "../monitor/report.ts";

export function formatMetrics(report: Report): string {
  return [
    gauge("pcs_packets", "Packets in the capture.", [["", report.packets]]),
    gauge("pcs_bytes", "Bytes on the wire.", [["", report.bytes]]),
    gauge("pcs_packets_dropped", "Packets lost by the kernel or by pcs.", [["", report.dropped]]),
    gauge("pcs_packets_malformed", "Packets with a wrong header.", [["", report.malformed]]),
    gauge("pcs_packets_truncated", "Packets cut by the snapshot length.", [["", report.truncated]]),
    gauge(
      "pcs_protocol_packets",
      "Packets by the highest protocol recognised.",
      Object.entries(report.protocols).map(([name, { packets }]) => [`{protocol="${name}"}`, packets]),
    ),
    gauge(
      "pcs_protocol_bytes",
      "Bytes on the wire by the highest protocol recognised.",
      Object.entries(report.protocols).map(([name, { bytes }]) => [`{protocol="${name}"}`, bytes]),
    ),
  ].join("");
}

function gauge(name: string, help: string, samples: [labels: string, value: number][]): string {
  const lines = samples.map(([labels, value]) => `${name}${labels} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${lines.join("")}`;
}
