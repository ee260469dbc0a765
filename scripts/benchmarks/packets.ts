/**
 * A million packets of real traffic (or as many as PACKETS says): the whole report of pcs against capinfos, which
 * only counts, and against tshark, tcpdump and Scapy where they are installed. Seconds and peak memory of each, and
 * how many times as long as pcs it takes: machines differ, ratios of one run less.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildExecutable, median, say } from "./peers.ts";

const mix = join(resolve(import.meta.dir, "../.."), "../shared/captures/mix/mix.pcap.gz");
const rounds = 3;
/** Scapy reads some thousand packets a second, so it gets a small part of them. */
const scapyShare = 100;
/** Slow peers run once. */
const slowSeconds = 10;

interface Measured {
  seconds: number;
  megabytes: number;
}

export async function run(): Promise<void> {
  if (!existsSync(mix)) {
    say("skipped: there is no ../shared/captures/mix to make packets of");
    return;
  }
  const packets = Number(process.env["PACKETS"] ?? 1_000_000);
  const folder = mkdtempSync(join(tmpdir(), "pcs-packets-"));
  const capture = join(folder, "varied.pcap");
  try {
    const maker = join(import.meta.dir, "varied-capture.ts");
    Bun.spawnSync([process.execPath, maker, mix, capture, String(packets)], { stderr: "inherit" });
    await compare(capture, packets);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(capture: string, packets: number): Promise<void> {
  const part = Math.ceil(packets / scapyShare);
  const scapy = `from scapy.all import PcapReader\nr = PcapReader(${JSON.stringify(capture)})\nfor _ in range(${part}): r.read_packet().summary()`;
  const pcs = buildExecutable();
  const commands: [name: string, cmd: string[]][] = [
    ["pcs, --no-anomalies", [pcs, "analyze", "--json", "--no-anomalies", "--read", capture]],
    ["pcs, with anomalies", [pcs, "analyze", "--json", "--read", capture]],
    ["capinfos -c -u -d", ["capinfos", "-c", "-u", "-d", capture]],
    ["tcpdump -nn (prints)", ["tcpdump", "-nn", "-r", capture]],
    ["tshark -q -z io,phs", ["tshark", "-q", "-z", "io,phs", "-r", capture]],
    [`Scapy, 1/${scapyShare} of them`, ["/usr/bin/python3", "-c", scapy]],
  ];
  let own: Measured | undefined;
  say(`${packets} packets               seconds   times pcs   peak MB`);
  for (const [name, cmd] of commands) {
    if (Bun.which(cmd[0]!) === null) {
      say(`${name.padEnd(24)}  not installed`);
      continue;
    }
    const measured = await measure(cmd);
    if (measured === undefined) {
      say(`${name.padEnd(24)}  fails here`);
      continue;
    }
    own ??= measured;
    const { seconds, megabytes } = measured;
    const ratio = (seconds / own.seconds).toFixed(2);
    say(
      `${name.padEnd(24)} ${seconds.toFixed(2).padStart(9)} ${ratio.padStart(11)} ${String(megabytes).padStart(9)}`,
    );
  }
}

/** The median of some rounds; one that is slow is not run again. */
async function measure(cmd: string[]): Promise<Measured | undefined> {
  const seconds: number[] = [];
  let megabytes = 0;
  for (let round = 0; round < rounds; round++) {
    const startedAt = performance.now();
    const child = Bun.spawn({ cmd, stdout: Bun.file("/dev/null"), stderr: "ignore" });
    if ((await child.exited) !== 0) return undefined;
    seconds.push((performance.now() - startedAt) / 1000);
    megabytes = Math.max(megabytes, Math.round((child.resourceUsage()?.maxRSS ?? 0) / 1e6));
    if (seconds[0]! > slowSeconds) break;
  }
  return { seconds: median(seconds), megabytes };
}
