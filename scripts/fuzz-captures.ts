/**
 * Runs captures that nobody should write through reader, decoder and report: each must give a report or one
 * sentence, and never an exception, a hang or growing memory.
 *
 *   scripts/fuzz-captures.ts [--folder DIR] [--seconds N] [--seed N] [--changes N] [--every N]
 *
 * Every file of DIR (default ../shared/captures) whole; cut at every 64th byte where it has up to 64 KiB, else
 * at 500 random places; and changed at random N times (default 20). It ends after all cases or N seconds
 * (default 600). The cases run in a thread of their own, so that one that hangs can be named.
 */
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, workerData, Worker } from "node:worker_threads";
import { faultOf, fuzzCases, type FuzzPlan } from "../src/analyzer/monitor/fuzz.test-support.ts";

const hangMs = 30_000;

interface Job extends FuzzPlan {
  seconds: number;
  /** The name of the case that runs, zero-terminated, behind a count of cases (u32). */
  current: SharedArrayBuffer;
}

type News = { line: string } | { done: true; faults: number };

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function runCases(job: Job, tell: (news: News) => void): Promise<void> {
  const count = new Uint32Array(job.current, 0, 1);
  const name = new Uint8Array(job.current, 4);
  const startedAt = performance.now();
  let faults = 0;
  let slowest = { ms: 0, name: "" };
  for (const one of fuzzCases(job)) {
    name.fill(0);
    new TextEncoder().encodeInto(one.name, name);
    count[0]!++;
    const caseAt = performance.now();
    const fault = await faultOf(one);
    const ms = performance.now() - caseAt;
    if (ms > slowest.ms) slowest = { ms, name: one.name };
    if (fault !== undefined) {
      faults++;
      tell({ line: `FAULT ${one.name}\n  ${fault}` });
    }
    if (count[0]! % 10_000 === 0) tell({ line: progressLine(count[0]!, faults, startedAt) });
    if (performance.now() - startedAt > job.seconds * 1000) {
      tell({ line: `stopped after ${job.seconds} s at ${one.name}` });
      break;
    }
  }
  tell({ line: progressLine(count[0]!, faults, startedAt) });
  tell({ line: `slowest: ${slowest.ms.toFixed(0)} ms, ${slowest.name}` });
  tell({ done: true, faults });
}

function progressLine(cases: number, faults: number, startedAt: number): string {
  Bun.gc(true);
  const seconds = (performance.now() - startedAt) / 1000;
  const megabytes = process.memoryUsage.rss() / 1e6;
  return `${cases} cases, ${faults} faults, ${seconds.toFixed(0)} s, ${megabytes.toFixed(0)} MB`;
}

function main(): void {
  const { values } = parseArgs({
    options: {
      folder: { type: "string", default: resolve(import.meta.dir, "../../shared/captures") },
      seconds: { type: "string", default: "600" },
      seed: { type: "string", default: "1" },
      changes: { type: "string", default: "20" },
      every: { type: "string", default: "1" },
    },
  });
  const files = readdirSync(values.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  const job: Job = {
    files,
    seed: Number(values.seed),
    changes: Number(values.changes),
    every: Number(values.every),
    seconds: Number(values.seconds),
    current: new SharedArrayBuffer(4096),
  };
  say(`${files.length} files, seed ${job.seed}`);
  const worker = new Worker(new URL(import.meta.url), { workerData: job });
  watch(job.current);
  worker.on("message", (news: News) => {
    if ("line" in news) say(news.line);
    else process.exit(news.faults === 0 ? 0 : 1);
  });
  worker.on("error", (error) => {
    say(`FAULT the thread ended: ${String(error)}`);
    process.exit(1);
  });
}

/** Names the case that does not end. */
function watch(current: SharedArrayBuffer): void {
  const count = new Uint32Array(current, 0, 1);
  let last = 0;
  let since = performance.now();
  setInterval(() => {
    if (count[0] !== last) [last, since] = [count[0]!, performance.now()];
    if (performance.now() - since < hangMs) return;
    const name = Buffer.from(new Uint8Array(current, 4).slice()).toString("utf8").replace(/\0.*/s, "");
    say(`FAULT it hangs: ${name}`);
    process.exit(1);
  }, 1000);
}

if (isMainThread) main();
else await runCases(workerData as Job, (news) => parentPort?.postMessage(news));
