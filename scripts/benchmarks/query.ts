/**
 * The whole report of a filter that was never asked before, over a million packets in store (or as many as PACKETS
 * says), against `tshark -r F -Y FILTER`, which reads the capture each time and only lists the packets: how many
 * times as long tshark takes, and the median over all filters. The packets must be the same number.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { openCaptureFile } from "../../src/analyzer/capture/open-capture.ts";
import { LiveMonitor } from "../../src/analyzer/monitor/live-monitor.ts";
import type { SelectionAnswers } from "../../src/analyzer/monitor/selection-answers.ts";
import { parseFilter } from "../../src/analyzer/query/parse-filter.ts";
import { openStoredPackets } from "../../src/analyzer/store/open-stored-packets.ts";
import { askForLargePages } from "../../src/lib/large-pages.ts";
import { median, say } from "./peers.ts";

const mix = join(resolve(import.meta.dir, "../.."), "../shared/captures/mix/mix.pcap.gz");
const rounds = 9;

/** Fragments are taken one by one, as pcs does. */
const options = ["-o", "ip.defragment:FALSE", "-o", "ipv6.defragment:FALSE"];

const filters: [pcs: string, tshark: string][] = [
  ["size >= 0", "frame.len>=0"],
  ["tcp", "tcp"],
  ["src 192.168.0.0/16", "ip.src==192.168.0.0/16"],
  ["host fe80::/10 or arp", "ipv6.addr==fe80::/10||arp"],
  ["src 10.0.0.0/8 and tcp.port 443 and not udp", "ip.src==10.0.0.0/8&&tcp.port==443&&!udp"],
  ["udp.port < 1024 and size > 100", "udp.port<1024&&frame.len>100"],
];

export async function run(): Promise<void> {
  if (!existsSync(mix)) {
    say("skipped: there is no ../shared/captures/mix to make packets of");
    return;
  }
  const packets = Number(process.env["PACKETS"] ?? 1_000_000);
  const folder = mkdtempSync(join(tmpdir(), "pcs-query-"));
  const capture = join(folder, "varied.pcap");
  try {
    const maker = join(import.meta.dir, "varied-capture.ts");
    Bun.spawnSync([process.execPath, maker, mix, capture, String(packets)], { stderr: "inherit" });
    await compare(capture);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(capture: string): Promise<void> {
  const source = await openCaptureFile(capture);
  askForLargePages();
  const store = openStoredPackets(source, []);
  const monitor = new LiveMonitor(source, { store, now: () => 0 });
  await monitor.run();
  const hasTshark = Bun.which("tshark") !== null;
  say(`${monitor.packets} packets: a fresh filter's whole report, median of ${rounds}`);
  say("filter                                          packets        ms     tshark ms     ratio");
  const times = filters.map((): number[] => []);
  const counts = filters.map(() => 0);
  for (let round = 0; round < rounds; round++)
    for (const [i, [text]] of filters.entries()) {
      // Another text each time, so that nothing of it is kept; the packets are the same.
      const { milliseconds, count } = askFresh(
        monitor.answers!,
        `(${text}) and number > 0 and size < ${1e9 + round}`,
      );
      times[i]!.push(milliseconds);
      counts[i] = count;
    }
  for (const [i, [text, display]] of filters.entries()) {
    const own = median(times[i]!);
    const peer = hasTshark ? await timeTshark(capture, display, counts[i]!) : undefined;
    const compared =
      peer === undefined
        ? "not installed"
        : `${peer.toFixed(0).padStart(9)} ${(peer / own).toFixed(0).padStart(9)}`;
    say(`${text.padEnd(45)} ${String(counts[i]).padStart(9)} ${own.toFixed(0).padStart(9)}     ${compared}`);
  }
  say(`all filters: ${median(times.flat()).toFixed(0)} ms`);
  await store.close();
}

function askFresh(answers: SelectionAnswers, text: string): { milliseconds: number; count: number } {
  const startedAt = performance.now();
  const filter = parseFilter(text);
  if (filter.kind === "problem") throw new Error(filter.message);
  const selection = answers.select(filter);
  answers.report(selection);
  return { milliseconds: performance.now() - startedAt, count: selection.count };
}

async function timeTshark(capture: string, filter: string, expected: number): Promise<number> {
  const startedAt = performance.now();
  const cmd = ["tshark", "-n", ...options, "-r", capture, "-Y", filter, "-T", "fields", "-e", "frame.number"];
  const child = Bun.spawn({ cmd, stderr: "ignore" });
  const lines = (await child.stdout.text()).split("\n").length - 1;
  if (lines !== expected) say(`tshark counts ${lines} packets for ${filter}`);
  return performance.now() - startedAt;
}
