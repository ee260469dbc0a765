/** Starts what is measured, and measures it. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { makeSelfSigned } from "../../src/classroom/net/self-signed.ts";
import type { Load, LoadedServer } from "./fan-out-load.ts";
import { seedClass } from "./seed-class.ts";

const root = resolve(import.meta.dir, "../..");

export interface Peer {
  name: LoadedServer["peer"];
  port: number;
  /** Where the tokens of a class lie that is known to it. */
  tokensPath?: string;
  /** Tokens of people who are not in that class. */
  extraTokens?: string[];
  /** Bytes of memory that are its own now. */
  memory(): number;
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

/**
 * A server of the built executable, its output read and thrown away; without rate limits unless told otherwise.
 * @param students so many accounts are there already, each with a session token, and so many `extra` ones
 */
export async function startPcs(
  executable: string,
  students = 0,
  { extra = 0, limits = "off" }: { extra?: number; limits?: "off" | "default" } = {},
): Promise<Peer> {
  const folder = mkdtempSync(join(tmpdir(), "pcs-bench-"));
  const data = join(folder, "data");
  const seeded = students > 0 ? seedClass(data, students, extra) : {};
  const port = freePort();
  const server = Bun.spawn({
    cmd: [executable, "serve", String(port), "127.0.0.1", "--no-web", "--data", data, "--limits", limits],
    stdin: "ignore",
    stdout: Bun.file("/dev/null"),
    stderr: "inherit",
  });
  const peer = await ready("pcs", port, server, () => rmSync(folder, { recursive: true, force: true }));
  return { ...peer, ...seeded };
}

/** @returns undefined where there is no nats-server on this machine */
export async function startNats(tls = false): Promise<Peer | undefined> {
  const path = Bun.which("nats-server", { PATH: `${process.env["PATH"]}:/usr/sbin:/usr/local/bin` });
  if (path === null) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "pcs-bench-nats-"));
  const port = freePort();
  // Nobody is asked within a round whether it is there.
  let config = `listen: "127.0.0.1:${port}"\nping_interval: "1h"\nmax_pending: 256MB\nwrite_deadline: "60s"\n`;
  if (tls) {
    const { key, certificate } = makeSelfSigned(randomBytes(16));
    writeFileSync(join(folder, "key.pem"), key, { mode: 0o600 });
    writeFileSync(join(folder, "certificate.pem"), certificate);
    config += `tls { cert_file: "${folder}/certificate.pem", key_file: "${folder}/key.pem", timeout: 30 }\n`;
  }
  writeFileSync(join(folder, "nats.conf"), config);
  const server = Bun.spawn({
    cmd: [path, "-c", join(folder, "nats.conf")],
    stdout: "ignore",
    stderr: "ignore",
  });
  return ready("nats", port, server, () => rmSync(folder, { recursive: true, force: true }));
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

/** The median of what was seen round by round, and between what it lay. */
export function spread(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `${median(values).toFixed(2)} (round by round ${least.toFixed(2)} to ${most.toFixed(2)})`;
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
    memory: () => residentBytes(server.pid),
    async stop() {
      server.kill();
      await server.exited;
      cleanUp();
    },
  };
}

function residentBytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) * 1024;
}
