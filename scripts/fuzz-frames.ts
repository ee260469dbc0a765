/**
 * Frames that nobody should send, in both protocols, to servers and to clients: no fault, no growth of memory, and
 * whoever is cut off is told why.
 *
 *   scripts/fuzz-frames.ts [--frames N] [--seed N]
 *
 * A million frames unless told, a quarter each: servers and clients of the first and of the second protocol, in
 * rounds of 25,000. A fault is told with the seed of its connection.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fuzzClients } from "../src/classroom/client/client-fuzz.test-support.ts";
import { fuzzServer } from "../src/classroom/server/server-fuzz.test-support.ts";

const roundFrames = 25_000;
/** What the memory may grow by from the first round of all four to the last. */
const maxGrowthMegabytes = 80;

interface Sum {
  frames: number;
  connections: number;
  cutOff: number;
  faults: string[];
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function megabytes(): number {
  Bun.gc(true);
  return process.memoryUsage.rss() / 1e6;
}

async function round(seed: number, sums: Map<string, Sum>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "pcs-fuzz-"));
  for (const protocol of ["v1", "v2"] as const) {
    const server = await fuzzServer(protocol, seed, roundFrames, mkdtempSync(join(folder, protocol)));
    add(sums, `servers of ${protocol}`, { ...server, cutOff: server.ended });
    const client = await fuzzClients(protocol, seed, roundFrames);
    add(sums, `clients of ${protocol}`, {
      ...client,
      connections: client.sessions,
      cutOff: client.brokenOff,
    });
  }
  rmSync(folder, { recursive: true, force: true });
}

function add(sums: Map<string, Sum>, what: string, more: Sum): void {
  const sum = sums.get(what) ?? { frames: 0, connections: 0, cutOff: 0, faults: [] };
  sums.set(what, {
    frames: sum.frames + more.frames,
    connections: sum.connections + more.connections,
    cutOff: sum.cutOff + more.cutOff,
    faults: [...sum.faults, ...more.faults],
  });
  for (const fault of more.faults) say(`FAULT ${fault}`);
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { frames: { type: "string", default: "1000000" }, seed: { type: "string", default: "1" } },
  });
  const rounds = Math.ceil(Number(values.frames) / (4 * roundFrames));
  const sums = new Map<string, Sum>();
  const startedAt = performance.now();
  let first = 0;
  for (let done = 1; done <= rounds; done++) {
    await round(Number(values.seed) + done * 10_000, sums);
    const now = megabytes();
    if (done === 1) first = now;
    say(
      `${done * 4 * roundFrames} frames, ${((performance.now() - startedAt) / 1000).toFixed(0)} s, ${now.toFixed(0)} MB`,
    );
  }
  for (const [what, { frames, connections, cutOff, faults }] of sums)
    say(`${what}: ${frames} frames, ${connections} connections, ${cutOff} cut off, ${faults.length} faults`);
  const growth = megabytes() - first;
  say(
    `memory after the first round ${first.toFixed(0)} MB, at the end ${growth >= 0 ? "+" : ""}${growth.toFixed(0)} MB`,
  );
  const faults = [...sums.values()].reduce((total, sum) => total + sum.faults.length, 0);
  return faults > 0 || growth > maxGrowthMegabytes ? 1 : 0;
}

process.exit(await main());
