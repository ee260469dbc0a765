/**
 * The dashboard of a million packets (or as many as PACKETS says), anomalies and all: `/api/report` over HTTP for
 * filters that were never asked before, against `tshark -r F -Y FILTER`, which reads the capture each time and only
 * lists the packets: how many times as long tshark takes, and the median over all filters. The packets must be the
 * same number. Then how long a browser takes until the page is there.
 *
 * tshark takes half a minute a filter: PEERS says for how many of them it is asked.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium, TestBrowser } from "../../src/lib/browser.test-support.ts";
import { buildExecutable, median, say } from "./peers.ts";

const mix = join(resolve(import.meta.dir, "../.."), "../shared/captures/mix/mix.pcap.gz");
const rounds = 5;
const token = "a-token-for-this-benchmark";

/** Fragments are taken one by one, as pcs does. */
const options = ["-o", "ip.defragment:FALSE", "-o", "ipv6.defragment:FALSE"];

const filters: [pcs: string, tshark: string][] = [
  ["size >= 0", "frame.len>=0"],
  ["tcp", "tcp"],
  ["udp", "udp"],
  ["arp or icmp", "arp||icmp"],
  ["src 192.168.0.0/16", "ip.src==192.168.0.0/16"],
  ["dst 192.168.0.0/16", "ip.dst==192.168.0.0/16"],
  ["src 10.0.0.0/8 and dst 10.0.0.0/8", "ip.src==10.0.0.0/8&&ip.dst==10.0.0.0/8"],
  ["not host 10.0.0.0/8", "!(ip.addr==10.0.0.0/8)"],
  ["host fe80::/10 or arp", "ipv6.addr==fe80::/10||arp"],
  ["src ::/0", "ipv6.src==::/0"],
  ["tcp.port 443", "tcp.port==443"],
  ["tcp.port != 443", "tcp.port!=443"],
  ["tcp.port in {80, 443, 8080}", "tcp.port in {80,443,8080}"],
  ["tcp.dstport < 1024", "tcp.dstport<1024"],
  ["udp.port < 1024 and size > 100", "udp.port<1024&&frame.len>100"],
  ["src 10.0.0.0/8 and tcp.port 443 and not udp", "ip.src==10.0.0.0/8&&tcp.port==443&&!udp"],
  ["size > 1000", "frame.len>1000"],
  ["size < 64 and tcp", "frame.len<64&&tcp"],
  ["number > 900000", "frame.number>900000"],
  ["vlan or mpls or gre", "vlan||mpls||gre"],
];

interface Server {
  url: string;
  memory: () => Promise<number>;
}

export async function run(): Promise<void> {
  if (!existsSync(mix)) {
    say("skipped: there is no ../shared/captures/mix to make packets of");
    return;
  }
  const packets = Number(process.env["PACKETS"] ?? 1_000_000);
  const executable = buildExecutable();
  const folder = mkdtempSync(join(tmpdir(), "pcs-query-"));
  const capture = join(folder, "varied.pcap");
  try {
    const maker = join(import.meta.dir, "varied-capture.ts");
    Bun.spawnSync([process.execPath, maker, mix, capture, String(packets)], { stderr: "inherit" });
    const cmd = [executable, "analyze", "--read", capture, "--port", "0", "--state", folder];
    const program = Bun.spawn(cmd, { env: { PCS_TOKEN: token }, stdin: "ignore", stdout: "pipe" });
    try {
      const url = await addressOf(program.stdout);
      const memory = async (): Promise<number> =>
        Number(/VmRSS:\s+(\d+)/.exec(await Bun.file(`/proc/${program.pid}/status`).text())?.[1] ?? 0) / 1024;
      await compare(capture, { url, memory });
    } finally {
      program.kill("SIGINT");
      await program.exited;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(capture: string, server: Server): Promise<void> {
  while ((await ask(server, "")).live === true) await Bun.sleep(100);
  const { packets } = await ask(server, "");
  say(`${packets} packets: a fresh filter's report over HTTP, median of ${rounds}`);
  say("filter                                          packets        ms     tshark ms     ratio");
  const times = filters.map((): number[] => []);
  const counts = filters.map(() => 0);
  for (let round = 0; round < rounds; round++)
    for (const [i, [text]] of filters.entries()) {
      // Another text each time, so that nothing of it is kept; the packets are the same.
      const fresh = `(${text}) and number > 0 and size < ${1e9 + round}`;
      const startedAt = performance.now();
      counts[i] = (await ask(server, `?q=${encodeURIComponent(fresh)}`)).packets;
      times[i]!.push(performance.now() - startedAt);
    }
  const memory = await server.memory();
  await askPeer(
    capture,
    times.map((each) => median(each)),
    counts,
  );
  say(`all filters: median ${median(times.flat()).toFixed(0)} ms, pcs has ${memory.toFixed(0)} MiB`);
  await timePage(server);
}

async function askPeer(capture: string, own: readonly number[], counts: readonly number[]): Promise<void> {
  const peers = Bun.which("tshark") === null ? 0 : Number(process.env["PEERS"] ?? filters.length);
  const ratios: number[] = [];
  for (const [i, [text, display]] of filters.entries()) {
    let compared = "not asked";
    if (i < peers) {
      const peer = await timeTshark(capture, display, counts[i]!);
      ratios.push(peer / own[i]!);
      compared = `${peer.toFixed(0).padStart(9)} ${ratios.at(-1)!.toFixed(0).padStart(9)}`;
    }
    say(
      `${text.padEnd(45)} ${String(counts[i]).padStart(9)} ${own[i]!.toFixed(0).padStart(9)}     ${compared}`,
    );
  }
  if (ratios.length > 0)
    say(
      `tshark takes ${median(ratios).toFixed(0)} times as long, at least ${Math.min(...ratios).toFixed(0)}`,
    );
}

/** From the address to a page whose header, charts and tab are there, and that answers a click. */
async function timePage({ url }: Server): Promise<void> {
  if (chromium === undefined) {
    say("skipped: there is no Chromium to open the page");
    return;
  }
  const isThere = `document.querySelector(".facts") !== null && document.querySelector(".u-over") !== null &&
    document.querySelector("#tab-panel .panel")?.dataset.state === "shown"`;
  await using browser = await TestBrowser.open();
  // The token becomes a cookie.
  await browser.goTo(`${url}#token=${token}`, isThere);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const startedAt = performance.now();
    await browser.goTo(`${url}?q=${encodeURIComponent(`size < ${2e9 + round}`)}`, isThere);
    await browser.evaluate(`document.querySelector("#tab-hosts").click()`);
    await browser.holds(`document.querySelectorAll(".rows-table tbody tr").length > 0`);
    times.push(performance.now() - startedAt);
  }
  say(`page of a fresh filter, until a tab is opened by a click: median ${median(times).toFixed(0)} ms`);
}

async function ask({ url }: Server, search: string): Promise<{ packets: number; live?: true }> {
  const answer = await fetch(`${url}api/report${search}`, { headers: { Authorization: `Bearer ${token}` } });
  if (answer.status !== 200) throw new Error(await answer.text());
  return (await answer.json()) as { packets: number; live?: true };
}

async function addressOf(output: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of output) {
    text += decoder.decode(chunk, { stream: true });
    const found = /http:\S+(?=\s)/.exec(text)?.[0];
    if (found !== undefined) return found;
  }
  throw new Error(`pcs has no dashboard: ${text}`);
}

async function timeTshark(capture: string, filter: string, expected: number): Promise<number> {
  const startedAt = performance.now();
  const cmd = ["tshark", "-n", ...options, "-r", capture, "-Y", filter, "-T", "fields", "-e", "frame.number"];
  const child = Bun.spawn({ cmd, stderr: "ignore" });
  const lines = (await child.stdout.text()).split("\n").length - 1;
  if (lines !== expected) say(`tshark counts ${lines} packets for ${filter}`);
  return performance.now() - startedAt;
}
