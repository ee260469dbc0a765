/** A capture that is shown: where it comes from, what counts it, and what keeps its packets. */
import type { Anomalies } from "../anomaly/anomalies.ts";
import { openCaptureFile } from "../capture/open-capture.ts";
import { openStoredPackets } from "../store/open-stored-packets.ts";
import type { StoredPackets } from "../store/stored-packets.ts";
import { LiveMonitor } from "./live-monitor.ts";

export interface Analysis {
  monitor: LiveMonitor;
  packets: StoredPackets;
  /** When all of it is read. @throws what the reading throws */
  ended: Promise<unknown>;
  /** Ends the reading, and lets go of files. */
  close(): Promise<void>;
}

export interface AnalysisOptions {
  /** What the capture is called. */
  name: string;
  anomalies: Anomalies | undefined;
  /** Folders for the bytes of packets, where they cannot be read again. */
  folders: readonly string[];
  /** Milliseconds of a clock that never goes back. */
  now: () => number;
}

/**
 * Opens the capture file at `path` and begins to read it. It may lose its name as soon as this is done.
 * @throws ExpectedError when it cannot be read, or is no capture
 */
export async function openAnalysis(path: string, options: AnalysisOptions): Promise<Analysis> {
  const { name, anomalies, folders, now } = options;
  const source = await openCaptureFile(path, name);
  const packets = openStoredPackets(source, folders);
  const monitor = new LiveMonitor(source, { store: packets, anomalies, now });
  const ended = monitor.run();
  // Whoever waits for it hears of a failure; until somebody does it is no crash.
  ended.catch(() => {});
  return {
    monitor,
    packets,
    ended,
    async close() {
      monitor.stop();
      await ended.catch(() => {});
      await packets.close();
    },
  };
}
