/** The pipeline: source -> decode -> traffic -> report, a batch at a time, in memory that does not grow with it. */
import type { PacketSource } from "../capture/packet-source.ts";
import { decodeBatch } from "../packet/decode-batch.ts";
import { createDecodedColumns } from "../packet/decoded-columns.ts";
import { Traffic } from "../traffic/traffic.ts";
import { buildReport, type FinishedReport } from "./build-report.ts";

/**
 * Reads `source` to its end and closes it.
 * @throws ExpectedError when it can no longer be read
 */
export async function analyzeCapture(source: PacketSource): Promise<FinishedReport> {
  const columns = createDecodedColumns();
  const traffic = new Traffic();
  try {
    for (let batch = await source.next(); batch !== undefined; batch = await source.next()) {
      decodeBatch(batch, columns);
      traffic.add(batch, columns);
    }
    return buildReport(source, traffic.snapshot());
  } finally {
    await source.close();
  }
}
