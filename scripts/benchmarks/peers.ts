/** Starts what is measured, and measures it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Load, LoadedServer } from "./fan-out-load.ts";

const root = resolve(import.meta.dir, "../..");

export interface Peer {
  name: LoadedServer["peer"];
  port: number;
  stop(): Promise<void>;
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The built executable, built now. */
export function buildExecutable(): string {
  const path = join(root, "dist", "pcs");
  const run = Bun.spawnSync({
    cmd: [join(root, "scripts/build"), "--single", "--outfile", path],
    stdout: "ignore",
    stderr: "pipe",
  });
  if (run.exitCode !== 0) throw new Error(run.stderr.toString());
  return path;
}

/** A server of the built executable without rate limits, its output read and thrown away. */
export async function startPcs(executable: string): Promise<Peer> {
  const folder = mkdtempSync(join(tmpdir(), "pcs-bench-"));
  const port = freePort();
  const server = Bun.spawn({
    cmd: [executable, "serve", String(port), "127.0.0.1", "--data", folder, "--limits", "off"],
    stdin: "ignore",
    stdout: Bun.file("/dev/null"),
    stderr: "inherit",
  });
  return ready("pcs", port, server, () => rmSync(folder, { recursive: true, force: true }));
}

/** @returns undefined where there is no nats-server on this machine */
export async function startNats(): Promise<Peer | undefined> {
  const path = Bun.which("nats-server", { PATH: `${process.env["PATH"]}:/usr/sbin:/usr/local/bin` });
  if (path === null) return undefined;
  const port = freePort();
  const server = Bun.spawn({
    cmd: [path, "-a", "127.0.0.1", "-p", String(port)],
    stdout: "ignore",
    stderr: "ignore",
  });
  return ready("nats", port, server, () => {});
}

/**
 * Runs the load in a process of its own, the servers' rounds in turn.
 * @returns deliveries a second, a row a server and a column a round
 * @throws where anything was lost or out of order
 */
export async function fanOut(
  peers: readonly Peer[],
  load: { receivers: number; messages: number; bytes: number; rounds: number },
  stalled: readonly number[] = [],
): Promise<number[][]> {
  const servers = peers.map((peer, index) => ({
    peer: peer.name,
    port: peer.port,
    stalled: stalled[index] ?? 0,
  }));
  const whole: Load = { ...load, servers };
  const run = Bun.spawn({
    cmd: [process.execPath, join(import.meta.dir, "fan-out-load.ts"), JSON.stringify(whole)],
    stdout: "pipe",
    stderr: "pipe",
  });
  const [output, errors] = await Promise.all([run.stdout.text(), run.stderr.text()]);
  if ((await run.exited) !== 0) throw new Error(errors);
  const deliveries = load.receivers * load.messages;
  return (JSON.parse(output) as number[][]).map((seconds) => seconds.map((each) => deliveries / each));
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export function millions(rate: number): string {
  return `${(rate / 1e6).toFixed(2)} million`;
}

export function freePort(): number {
  const listener = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } });
  const { port } = listener;
  listener.stop();
  return port;
}

async function ready(
  name: Peer["name"],
  port: number,
  server: Bun.Subprocess,
  cleanUp: () => void,
): Promise<Peer> {
  for (let tries = 0; ; tries++) {
    try {
      const socket = await Bun.connect({ hostname: "127.0.0.1", port, socket: { data() {} } });
      socket.terminate();
      break;
    } catch (error) {
      if (tries > 100) throw error;
      await Bun.sleep(50);
    }
  }
  return {
    name,
    port,
    async stop() {
      server.kill();
      await server.exited;
      cleanUp();
    },
  };
}
