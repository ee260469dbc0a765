/** A capture that ends, from its source to its report. */
import type { PacketSource } from "../capture/packet-source.ts";
import type { FinishedReport } from "./build-report.ts";
import { LiveMonitor } from "./live-monitor.ts";

/**
 * Reads `source` to its end and closes it.
 * @throws ExpectedError when it can no longer be read
 */
export async function analyzeCapture(source: PacketSource): Promise<FinishedReport> {
  return await new LiveMonitor(source, { now: () => 0 }).run();
}
