/** A report to show, without reading anything. */
import { openCapture } from "../capture/open-capture.ts";
import { analyzeCapture } from "../monitor/analyze-capture.ts";
import type { FinishedReport } from "../monitor/build-report.ts";
import { memoryBytes, pcapFile } from "../capture/capture-builder.test-support.ts";
import { ethernet, ipv4, tcp } from "../packet/packet-builder.test-support.ts";

/** The report of one TCP packet of 54 bytes, a second after 1970. */
export async function smallReport(): Promise<FinishedReport> {
  const content = pcapFile([{ data: ethernet(0x0800, ipv4(6, tcp())), seconds: 1 }]);
  return await analyzeCapture(await openCapture("file", "small.pcap", memoryBytes(content)));
}
