/** What the page shows of a whole capture, as one text: the answers it would get from a server. */
import type { StoredPackets } from "../store/stored-packets.ts";
import type { ShownMonitor } from "./open-captures.ts";

/** JSON; the same capture and seed give the same text. */
export function reportData(monitor: ShownMonitor, _packets: StoredPackets): string {
  const { report, text } = monitor.current();
  const parts = { series: report.series, anomalies: report.anomalies };
  return `{"report":${text},${JSON.stringify(parts).slice(1)}`;
}
