/**
 * Files of the second protocol: 1 GB from a client to the server against scp and socat, what chat feels of it, and
 * 20 MB pushed to 30 receivers that each read 20 Mbit/s.
 */
import { randomBytes } from "node:crypto";
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ChatProbe } from "./files/chat-probe.ts";
import { startScp, startSocat, timed, type Copier } from "./files/copiers.ts";
import { MeasuredServer } from "./files/measured-server.ts";
import { buildExecutable, median, say } from "./peers.ts";

const load = { bytes: 1e9, rounds: 3, readers: 30, pushBytes: 20e6, megabits: 20 };

export async function run(): Promise<void> {
  const executable = buildExecutable();
  const folder = mkdtempSync(join(tmpdir(), "pcs-bench-files-"));
  try {
    const file = join(folder, "big.bin");
    makeFile(file, load.bytes);
    const scp = await startScp();
    await compare(executable, file, "tls", scp, "sshd is not installed (Debian's package openssh-server)");
    scp?.stop();
    const socat = startSocat();
    await compare(executable, file, "plain", socat, "socat is not installed");
    socat?.stop();
    await push(executable);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(
  executable: string,
  file: string,
  how: "tls" | "plain",
  copier: Copier | undefined,
  missing: string,
): Promise<void> {
  const server = await MeasuredServer.start(executable, "--tls", how === "tls" ? "auto" : "off");
  const own: number[] = [];
  const theirs: number[] = [];
  let latencies: number[] = [];
  try {
    for (let round = 0; round < load.rounds; round++) {
      own.push(await upload(server, file, how, `s${round}`));
      server.forgetFiles();
      if (copier !== undefined) theirs.push(await copier.copy(file));
    }
    const probe = await ChatProbe.start(server.port, how === "tls");
    await upload(server, file, how, "meanwhile");
    latencies = await probe.stop();
  } finally {
    await server.stop();
  }
  const rate = (seconds: readonly number[]): number => load.bytes / 1e6 / median(seconds);
  say(`1 GB to the server, ${how === "tls" ? "encrypted" : "in clear"}, hashed and synced to disk:`);
  say(`  pcs    ${rate(own).toFixed(0)} MB/s (median of ${load.rounds}; ${shown(own)} s)`);
  if (copier === undefined) say(`skipped: ${missing}`);
  else {
    say(
      `  ${copier.name.padEnd(6)} ${rate(theirs).toFixed(0)} MB/s (the same rounds, in turn; ${shown(theirs)} s)`,
    );
    say(`  ratio  ${(rate(own) / rate(theirs)).toFixed(2)}`);
  }
  const at = (part: number): string =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * part))]!.toFixed(1);
  say(
    `  chat between two others meanwhile: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms ` +
      `(${latencies.length} messages, kept on the same disk)`,
  );
}

function upload(server: MeasuredServer, file: string, how: string, name: string): Promise<number> {
  const sender = join(import.meta.dir, "files/send-file.ts");
  return timed(
    Bun.spawn({
      cmd: [process.execPath, sender, String(server.port), file, how, name],
      stdout: "ignore",
      stderr: "inherit",
    }),
  );
}

async function push(executable: string): Promise<void> {
  const [alone] = await pushTo(executable, 1);
  const [all, readBytes] = await pushTo(executable, load.readers);
  const last = all.at(-1)!;
  say(
    `20 MB to ${load.readers} receivers that read ${load.megabits} Mbit/s each: last done after ${last.toFixed(2)} s, ` +
      `one alone ${alone[0]!.toFixed(2)} s, ratio ${(last / alone[0]!).toFixed(2)}`,
  );
  say(
    `  the server read ${(readBytes / 1e6).toFixed(1)} MB from disk: ${(readBytes / load.pushBytes).toFixed(2)} times the file`,
  );
}

/** @returns seconds of each receiver, sorted, and bytes that the server read from files */
async function pushTo(executable: string, readers: number): Promise<[number[], number]> {
  const server = await MeasuredServer.start(executable);
  makeFile(join(server.folder, "push.bin"), load.pushBytes);
  const receivers = Bun.spawn({
    cmd: [
      process.execPath,
      join(import.meta.dir, "files/slow-readers.ts"),
      ...[server.port, readers, load.megabits].map(String),
    ],
    stdout: "pipe",
    stderr: "inherit",
  });
  try {
    let output = "";
    let before: number | undefined;
    for await (const bytes of receivers.stdout) {
      output += Buffer.from(bytes).toString();
      if (before === undefined && output.startsWith("in\n")) {
        before = server.readBytes;
        server.type("send_file:all:.:push.bin");
      }
      const line = /^in\n(\[.*\])\n/.exec(output)?.[1];
      if (line === undefined || before === undefined) continue;
      const seconds = (JSON.parse(line) as number[]).toSorted((a, b) => a - b);
      return [seconds, server.readBytes - before];
    }
    throw new Error("the receivers ended too early");
  } finally {
    receivers.kill();
    await server.stop();
  }
}

/** A file of chance, made of one piece again and again so that it is made quickly. */
function makeFile(path: string, bytes: number): void {
  const piece = randomBytes(8_000_000);
  writeFileSync(path, "");
  for (let at = 0; at < bytes; at += piece.length)
    appendFileSync(path, piece.subarray(0, Math.min(piece.length, bytes - at)));
}

function shown(seconds: readonly number[]): string {
  return seconds.map((each) => each.toFixed(2)).join(", ");
}
