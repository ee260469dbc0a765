/** The thread that looks for anomalies: reads the capture by itself, no further than it is counted elsewhere. */
import { Anomalies } from "../anomaly/anomalies.ts";
import { openCaptureFile } from "../capture/open-capture.ts";
import { askForLargePages } from "../../lib/large-pages.ts";
import { ExpectedError } from "../../lib/errors.ts";
import { decodeBatch } from "../packet/decode-batch.ts";
import { createDecodedColumns } from "../packet/decoded-columns.ts";
import type { ThreadAnswer, ThreadRequest } from "./anomaly-thread.ts";
import { PacketCount } from "./packet-count.ts";

declare const self: {
  onmessage: ((event: { data: ThreadRequest }) => void) | null;
  postMessage(answer: ThreadAnswer): void;
};

self.onmessage = ({ data }) => {
  self.onmessage = null;
  void look(data);
};

async function look({ path, seed, labels, memory }: ThreadRequest): Promise<void> {
  askForLargePages();
  const anomalies = new Anomalies({ seed, labels });
  await readAll(path, anomalies, new PacketCount(memory));
  anomalies.judge();
  try {
    self.postMessage({
      kind: "found",
      report: anomalies.report(),
      flaggedSeries: anomalies.flaggedSeries,
      evaluation: anomalies.evaluation(),
    });
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    self.postMessage({ kind: "refused", sentence: error.message });
  }
}

async function readAll(path: string, anomalies: Anomalies, counted: PacketCount): Promise<void> {
  const columns = createDecodedColumns();
  let source;
  try {
    source = await openCaptureFile(path);
    for (let packets = 0; ;) {
      const batch = await source.next();
      if (batch === undefined) return;
      const allowed = counted.waitFor(packets + batch.count);
      const isCut = allowed < packets + batch.count;
      if (isCut) batch.count = allowed - packets;
      decodeBatch(batch, columns);
      anomalies.add(batch, columns);
      packets += batch.count;
      if (isCut) return;
    }
  } catch (error) {
    // Whoever counts reads the same file, and says what is the matter with it.
    if (!(error instanceof ExpectedError)) throw error;
  } finally {
    await source?.close();
  }
}
