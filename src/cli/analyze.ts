/**
 * `pcs analyze`: opens a capture or an interface, counts what comes, and prints the report or shows it on a
 * dashboard. The dashboard, its page and what live traffic needs are loaded only where they are used.
 */
import { tmpdir } from "node:os";
import type { Anomalies } from "../analyzer/anomaly/anomalies.ts";
import type { ExpectedMarks } from "../analyzer/anomaly/expected-marks.ts";
import type { Labels } from "../analyzer/anomaly/labels.ts";
import { openCaptureWriter, type CaptureWriter } from "../analyzer/capture/capture-writer.ts";
import { openCaptureFile, openCaptureStream } from "../analyzer/capture/open-capture.ts";
import type { PacketSource } from "../analyzer/capture/packet-source.ts";
import type { FinishedReport } from "../analyzer/monitor/build-report.ts";
import { LiveMonitor } from "../analyzer/monitor/live-monitor.ts";
import type { StoredPackets } from "../analyzer/store/stored-packets.ts";
import { errorCode, ExpectedError, reasonOf } from "../lib/errors.ts";
import { analyzeOptions, type AnalyzeOptions } from "./analyze-options.ts";
import { command } from "./command.ts";
import { givenToken } from "./dashboard-token.ts";
import { Interruption } from "./interruption.ts";
import { showProgress } from "./progress-line.ts";

const usage = `Report on network traffic, live or out of a capture file, and show it on a dashboard.

Usage: pcs analyze --iface NAME [options]
       pcs analyze --read FILE [options]

Where the traffic comes from:
  --iface NAME        live, from this interface; pcs interfaces lists them
  --read FILE         a capture: pcap, pcapng or snoop, also compressed with gzip or zstd; - is standard input
  --filter BPF        only packets that match, as tcpdump takes them: 'tcp port 443'

Live traffic only:
  --no-promiscuous    take only what is meant for this machine
  --write FILE        also save the packets: pcap where FILE ends in .pcap, else pcapng
  --duration SECONDS  end after this time
  --count N           end after this many packets

Anomalies:
  --no-anomalies      do not look for abnormal traffic
  --seed N            of the chance that samples are drawn by (default 1): the same seed, the same scores
  --labels FILE       with --json: compare with a CSV file that names each packet's attack, and say how well
                      they were found (packet,label[,attack]; .gz too)

The dashboard, at http://127.0.0.1:8050 until Ctrl-C:
  --host HOST         its address (default 127.0.0.1)
  --port PORT         its port (default 8050; 0 lets the system choose)
  --token-file FILE   the token that opens it; or PCS_TOKEN in the environment. Beyond this machine, or run as
                      root, one is needed: it is made and printed where none is given
  --state DIR         where it is kept what was marked as expected (default: pcs in XDG_STATE_HOME, or in
                      ~/.local/state)

Or else, at the end or at Ctrl-C, and then exit:
  --json              print the report as JSON
  --report FILE.html  write the dashboard with all that it shows as one file, which needs no server

PCS_LIBPCAP=none in the environment makes as if libpcap were not installed.
`;

export const analyze = command({
  usage,
  args: {
    iface: { type: "string" },
    read: { type: "string" },
    filter: { type: "string" },
    promiscuous: { type: "boolean", default: true },
    write: { type: "string" },
    duration: { type: "string" },
    count: { type: "string" },
    json: { type: "boolean" },
    anomalies: { type: "boolean", default: true },
    seed: { type: "string" },
    labels: { type: "string" },
    report: { type: "string" },
    state: { type: "string" },
    host: { type: "string" },
    port: { type: "string" },
    "token-file": { type: "string" },
  },
  negatable: ["promiscuous", "anomalies"],
  async run(args) {
    const options = analyzeOptions(args);
    // Asked before root is given up: what is shown is still what only root may see.
    const isRoot = process.getuid?.() === 0;
    const interruption = new Interruption();
    const { json, report } = options;
    const isShown = !json && report === undefined;
    let packets: StoredPackets | undefined;
    let marks: ExpectedMarks | undefined;
    try {
      const labels = await openLabels(options);
      if (report !== undefined) await checkReport(report);
      const source = await openSource(options);
      if ((source.progress.totalBytes ?? 0) >= largeCaptureBytes)
        (await import("../lib/large-pages.ts")).askForLargePages();
      // Not before root is given up: what is made must be the person's own.
      marks = isShown ? await openMarks(options) : undefined;
      const anomalies = await openAnomalies(options, { labels, isShown, expected: marks });
      packets = isShown || report !== undefined ? await openStore(source) : undefined;
      const running = start(source, options, packets, anomalies);
      interruption.onFirst = () => running.monitor.stop();
      if (!isShown) {
        const { text } = await finish(running);
        if (report !== undefined) await writeReport(report, running);
        if (json) await print(`${text}\n`);
        return interruption.happened ? 130 : 0;
      }
      if (options.capture.kind === "file") await finish(running);
      if (interruption.happened) return 130;
      const shown = { ...running, packets: packets!, marks: marks! };
      return await show(shown, options, isRoot, interruption);
    } finally {
      await packets?.close();
      marks?.close();
      interruption.release();
      // A read that was given up cannot be taken back, and would keep the process.
      if (interruption.happened) setTimeout(() => process.exit(), givenUpReadMs).unref();
    }
  },
});

/** How long the process may go on when all is done. */
const givenUpReadMs = 200;

/** From this size of a capture on, asking for large pages takes less time than they spare. */
const largeCaptureBytes = 8 << 20;

/** How long a dashboard waits for the first packets of standard input, so that a short capture is there at once. */
const firstPacketsMs = 500;

interface Running {
  source: PacketSource;
  monitor: LiveMonitor;
  /** What the dashboard shows packets out of. */
  packets: StoredPackets | undefined;
  /** All that was read, once it has ended and was saved. */
  report: Promise<FinishedReport>;
}

/** A capture with its dashboard. */
interface Shown extends Running {
  packets: StoredPackets;
  marks: ExpectedMarks;
}

async function openSource({ capture, filter }: AnalyzeOptions): Promise<PacketSource> {
  if (capture.kind === "interface")
    return await (await import("./live-capture.ts")).openInterface(capture, filter);
  const source =
    capture.kind === "file"
      ? await openCaptureFile(capture.path)
      : await openCaptureStream(Bun.stdin.stream());
  return filter === undefined ? source : await (await import("./live-capture.ts")).withFilter(source, filter);
}

async function openLabels({ labels }: AnalyzeOptions): Promise<Labels | undefined> {
  return labels === undefined ? undefined : await (await import("./read-labels.ts")).readLabels(labels);
}

interface AnomalyNeeds {
  labels: Labels | undefined;
  /** On a dashboard, and not only at the end. */
  isShown: boolean;
  expected: ExpectedMarks | undefined;
}

/** What looks for abnormal traffic: at the end of what ends, and all the time where a dashboard is shown meanwhile. */
async function openAnomalies(
  { seed, capture }: AnalyzeOptions,
  { isShown, ...needs }: AnomalyNeeds,
): Promise<Anomalies | undefined> {
  if (seed === undefined) return undefined;
  const { Anomalies } = await import("../analyzer/anomaly/anomalies.ts");
  return new Anomalies({ seed, isRolling: isShown && capture.kind !== "file", ...needs });
}

/** What was marked as expected; what is wrong with the file is told, and is no reason not to start. */
async function openMarks({ state }: AnalyzeOptions): Promise<ExpectedMarks> {
  const { stateFolder, stateSurroundings } = await import("./state-folder.ts");
  const { openExpectedMarks } = await import("../store/sqlite/open-expected-marks.ts");
  const { marks, problem } = openExpectedMarks(stateFolder(state, stateSurroundings()));
  if (problem !== undefined) process.stderr.write(`pcs: ${problem}\n`);
  return marks;
}

/** Keeps the packets for the dashboard, where their bytes cannot be read again in a file without a name. */
async function openStore(source: PacketSource): Promise<StoredPackets> {
  const { openStoredPackets } = await import("../analyzer/store/open-stored-packets.ts");
  return openStoredPackets(source, packetFolders());
}

/** Folders for packets. /tmp is memory on many systems, /var/tmp is not. */
function packetFolders(): string[] {
  return [process.env["TMPDIR"] ?? "", "/var/tmp", tmpdir()].filter((folder) => folder !== "");
}

/** Starts to read, to save and to count. */
function start(
  source: PacketSource,
  { writeTo, durationMs, maxPackets }: AnalyzeOptions,
  packets: StoredPackets | undefined,
  anomalies: Anomalies | undefined,
): Running {
  const writer = writeTo === undefined ? undefined : openWriter(source, writeTo);
  const monitor = new LiveMonitor(source, {
    maxPackets,
    store: packets,
    anomalies,
    onBatch: writer === undefined ? undefined : (batch) => writer.add(batch),
    now: () => performance.now(),
  });
  const timer = durationMs === undefined ? undefined : setTimeout(() => monitor.stop(), durationMs);
  const report = monitor.run().finally(() => {
    clearTimeout(timer);
    writer?.close(source.dropped);
  });
  // Whoever waits for it hears of a failure; until somebody does it is no crash.
  report.catch(() => {});
  return { source, monitor, packets, report };
}

function openWriter(source: PacketSource, path: string): CaptureWriter {
  return openCaptureWriter(path, { linkType: source.linkTypes[0] ?? 0, interfaceName: source.name });
}

/** Waits for the end, with a line of progress where a person sits at the terminal. */
async function finish({ source, monitor, report }: Running): Promise<FinishedReport> {
  if (!process.stderr.isTTY) return await report;
  const end = showProgress(
    process.stderr,
    () => performance.now(),
    () => ({ ...source.progress, packets: monitor.packets, dropped: source.dropped }),
  );
  return await report.finally(end);
}

/** Writes all of it, unless whoever reads it has read enough: then the rest is not missed. */
async function print(text: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const finish = (error?: Error | null): void =>
      error && errorCode(error) !== "EPIPE"
        ? reject(new ExpectedError(`cannot write the report: ${reasonOf(error)}.`, { cause: error }))
        : resolve();
    process.stdout.once("error", finish);
    process.stdout.write(text, finish);
  });
}

/** Writes the page with all that it shows. */
async function writeReport(path: string, { monitor, packets }: Running): Promise<void> {
  const { writeReportFile } = await import("../analyzer/dashboard/write-report-file.ts");
  const { reportData } = await import("../analyzer/dashboard/report-data.ts");
  const answers = monitor.answers!;
  await writeReportFile(path, reportData({ monitor, answers, packets: packets! }));
}

async function checkReport(path: string): Promise<void> {
  const { checkReportFile } = await import("../analyzer/dashboard/write-report-file.ts");
  checkReportFile(path);
}

/** Serves the dashboard until Ctrl-C or a request to end, which is its clean end; live traffic ends with it. */
async function show(
  { monitor, packets, marks, report }: Shown,
  { capture, host, port, tokenFile, seed }: AnalyzeOptions,
  isRoot: boolean,
  interruption: Interruption,
): Promise<number> {
  const { startDashboard } = await import("../analyzer/dashboard/start-dashboard.ts");
  if (capture.kind === "stdin") await Promise.race([report, interruption.first, Bun.sleep(firstPacketsMs)]);
  const { Anomalies } = await import("../analyzer/anomaly/anomalies.ts");
  const makeAnomalies = (): Anomalies | undefined =>
    seed === undefined ? undefined : new Anomalies({ seed, expected: marks });
  const dashboard = await startDashboard({
    host,
    port,
    token: await givenToken(tokenFile),
    isRoot,
    monitor,
    packets,
    marks,
    uploads: { folders: packetFolders(), makeAnomalies },
  });
  process.stdout.write(`Dashboard: ${dashboard.url}\n`);
  try {
    // A capture that ends by itself is shown on; one that fails ends the command.
    await Promise.race([report.then(() => interruption.first), interruption.first]);
    await report;
  } finally {
    await dashboard.stop();
  }
  return 0;
}
