/**
 * A live capture of 50,000 packets a second (or as many as RATE says) between two network namespaces, with the page
 * open in a real browser: whether the page's memory and that of pcs stay flat over 600 live updates (or UPDATES).
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  missingForNamespaces,
  TwoNamespaces,
  writeFrames,
} from "../../src/e2e/two-namespaces.test-support.ts";
import { chromium } from "../../src/lib/browser.test-support.ts";
import type { PageSample } from "./live-page.ts";
import { buildExecutable, median, say } from "./peers.ts";

const token = "a-token-for-this-benchmark";
const rate = Number(process.env["RATE"] ?? 50_000);
const updates = Number(process.env["UPDATES"] ?? 600);
/** However slow the machine is, it ends then, with what was seen by then. */
const longestSeconds = Number(process.env["SECONDS"] ?? 3600);

export async function run(): Promise<void> {
  const missing = chromium === undefined ? "there is no Chromium" : missingForNamespaces("tcpreplay");
  if (missing !== undefined) {
    say(`skipped: ${missing}`);
    return;
  }
  const executable = buildExecutable();
  const folder = mkdtempSync(join(tmpdir(), "pcs-live-"));
  const net = new TwoNamespaces();
  const env = { PATH: process.env["PATH"] ?? "", PCS_TOKEN: token, XDG_STATE_HOME: folder };
  const inside = net.inside(net.receiver);
  const pcs = Bun.spawn([...inside, executable, "analyze", "--iface", "in", "--port", "0"], {
    env,
    stdin: "ignore",
    stdout: "pipe",
    stderr: "inherit",
  });
  try {
    const url = await addressOf(pcs.stdout);
    const frames = join(folder, "frames.pcap");
    writeFrames(frames);
    const flags = [
      `--pps=${rate}`,
      "--loop=0",
      `--duration=${longestSeconds + 60}`,
      "--preload-pcap",
      "--intf1=out",
    ];
    const sending = Bun.spawn([...net.inside(net.sender), "tcpreplay", ...flags, frames], {
      stdout: "ignore",
      stderr: "ignore",
    });
    const memory: number[] = [];
    const timer = setInterval(() => memory.push(memoryOf(pcs.pid)), 500);
    const page = join(import.meta.dir, "live-page.ts");
    const words = [
      ...inside,
      process.execPath,
      page,
      `${url}#token=${token}`,
      String(updates),
      String(longestSeconds),
    ];
    const watching = Bun.spawn(words, { stdout: "pipe", stderr: "inherit" });
    const samples = (await watching.stdout.text())
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as PageSample);
    clearInterval(timer);
    sending.kill();
    tell(samples, memory);
  } finally {
    pcs.kill("SIGINT");
    await pcs.exited;
    net.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

function tell(samples: readonly PageSample[], memory: readonly number[]): void {
  const [first, last] = [samples[0]!, samples.at(-1)!];
  const seconds = (last.atMs - first.atMs) / 1000;
  say(
    `${last.updates} live updates in ${seconds.toFixed(0)} s, ` +
      `${((last.packets - first.packets) / seconds).toFixed(0)} packets/s counted, ${last.dropped} lost`,
  );
  tellThirds(
    "the page's heap after a collection",
    samples.map(({ heap }) => heap),
  );
  tellThirds("memory of pcs", memory);
  const perUpdate = slopeOf(samples.map(({ updates: x, heap }) => [x, heap]));
  say(`the page's heap grows by ${perUpdate.toFixed(0)} bytes an update`);
}

function tellThirds(what: string, bytes: readonly number[]): void {
  const third = Math.floor(bytes.length / 3);
  const parts = [bytes.slice(0, third), bytes.slice(third, 2 * third), bytes.slice(2 * third)];
  const said = parts.map((part) => (median(part) / 2 ** 20).toFixed(1)).join(", ");
  const [least, most] = [Math.min(...bytes), Math.max(...bytes)].map((value) => (value / 2 ** 20).toFixed(1));
  say(`${what}: median of each third ${said} MiB, from ${least} to ${most}`);
}

/** Of the line of least squares. */
function slopeOf(points: readonly (readonly [number, number])[]): number {
  const meanOf = (part: 0 | 1): number => points.reduce((sum, point) => sum + point[part], 0) / points.length;
  const [x, y] = [meanOf(0), meanOf(1)];
  const above = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return above / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}

async function addressOf(output: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of output) {
    text += decoder.decode(chunk, { stream: true });
    const found = /http:\S+/.exec(text)?.[0];
    if (found !== undefined && text.endsWith("\n")) return found;
  }
  throw new Error(`pcs has no dashboard: ${text}`);
}

function memoryOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;
}
