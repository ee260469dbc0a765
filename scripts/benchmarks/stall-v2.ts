/**
 * A class of the second protocol that talks at a steady pace, without and with a member that never reads, one that
 * writes a byte a second, and 10,000 connections that come meanwhile and say nothing, all of them at once.
 */
import { join } from "node:path";
import { LoadProcess, type Latencies } from "./load-process.ts";
import { median, say, spread, startPcs } from "./peers.ts";

const silent = 10_000;
const pairs = 5;
const pace = { receivers: 100, perSecond: 100, seconds: 6, bytes: 100 };

export async function stallSecondProtocol(executable: string): Promise<void> {
  const without: Latencies[] = [];
  const within: Latencies[] = [];
  let closed = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const started = LoadProcess.start();
    if (started.load === undefined) return say(`skipped: ${started.why}`);
    const { load } = started;
    // A server of its own each time, under the limits that a class has.
    const peer = await startPcs(executable, pace.receivers, { extra: 2, limits: "default" });
    try {
      const { receivers, perSecond, seconds, bytes } = pace;
      const { crowd } = await load.connect({ peer, tls: false, room: "class", receivers });
      await load.idle(1_000);
      without.push(await load.paced(crowd, perSecond, seconds, bytes));
      const trouble = await makeTrouble(peer.port, peer.extraTokens ?? []);
      // The two are in, and everybody was told so.
      await load.idle(500);
      await trouble.begin();
      within.push(await load.paced(crowd, perSecond, seconds, bytes));
      closed = await trouble.end();
    } finally {
      await load.stop();
      await peer.stop();
    }
  }
  say(
    `second protocol: ${pace.perSecond} messages a second to ${pace.receivers} receivers, p99 ${p99(without)} ms; with a stalled reader, ` +
      `a byte a second and ${silent} silent connections (${closed} evicted) ${p99(within)} ms`,
  );
  say(`  ratio of p99 ${spread(within.map((each, pair) => each.p99 / without[pair]!.p99))}`);
}

async function makeTrouble(
  port: number,
  tokens: readonly string[],
): Promise<{ begin(): Promise<void>; end(): Promise<number> }> {
  const child = Bun.spawn({
    cmd: [
      process.execPath,
      join(import.meta.dir, "troublemakers.ts"),
      String(port),
      "class",
      ...tokens,
      String(silent),
    ],
    stdin: "pipe",
    stdout: "pipe",
    stderr: "inherit",
  });
  const reader = child.stdout.getReader();
  await reader.read();
  return {
    async begin() {
      void child.stdin.write("go\n");
      await child.stdin.flush();
    },
    async end() {
      await child.stdin.end();
      const { value } = await reader.read();
      await child.exited;
      return Number(
        Buffer.from(value ?? [])
          .toString()
          .split(" ")[1],
      );
    },
  };
}

/** In milliseconds, the median of several rounds. */
function p99(rounds: readonly Latencies[]): string {
  return (median(rounds.map((each) => each.p99)) / 1000).toFixed(2);
}
