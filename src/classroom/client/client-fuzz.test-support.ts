/** A server that sends a client whatever it likes, and what becomes of the client. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Socket } from "bun";
import { FrameFuzz, type FuzzedProtocol } from "../protocol/frame-fuzz.test-support.ts";
import { encodeFrame } from "../protocol/frame.ts";
import * as messages from "../protocol/messages.ts";
import { encodeControl } from "../protocol/v2/control.ts";
import { FakeTerminal } from "./fake-terminal.test-support.ts";
import { runSession } from "./session.ts";

const limits = { connectMs: 5_000, greetingMs: 5_000, quietMs: 1, quietAtMostMs: 10, leaveMs: 200 };

export interface ClientFuzz {
  frames: number;
  sessions: number;
  /** Sessions that ended because what came could not be followed any more. */
  brokenOff: number;
  /** Sentences: what should not have happened. */
  faults: string[];
}

/**
 * Clients one after the other, until so many frames were sent.
 * @param perSession frames that one client gets
 */
export async function fuzzClients(
  protocol: FuzzedProtocol,
  seed: number,
  frames: number,
  perSession = 500,
): Promise<ClientFuzz> {
  const folder = mkdtempSync(join(tmpdir(), "pcs-fuzz-"));
  const outcome: ClientFuzz = { frames: 0, sessions: 0, brokenOff: 0, faults: [] };
  let fuzz = new FrameFuzz(protocol, seed);
  const listener = Bun.listen<{ step: number }>({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      open(socket) {
        socket.data = { step: 0 };
        socket.write(encodeFrame("info", messages.greeting));
      },
      data(socket, chunk) {
        if (protocol === "v1") beginOld(socket, chunk, () => finish(socket, fuzz, perSession));
        else begin(socket, chunk, () => finish(socket, fuzz, perSession));
      },
      close() {},
      error() {},
    },
  });
  try {
    while (outcome.frames < frames) {
      fuzz = new FrameFuzz(protocol, seed + outcome.sessions);
      const ended = await runClient(protocol, listener.port, folder);
      outcome.sessions++;
      outcome.frames += perSession;
      if (typeof ended === "string") outcome.brokenOff++;
      // Whatever came, the person is told in a sentence, or the end was a farewell.
      if (typeof ended === "string" && !/^ExpectedError: [^\n]+\.$/.test(ended))
        outcome.faults.push(`${protocol} seed ${seed + outcome.sessions - 1}: ${ended}`);
    }
  } finally {
    listener.stop(true);
    rmSync(folder, { recursive: true, force: true });
  }
  return outcome;
}

/** @returns the exit code, or what was thrown */
async function runClient(protocol: FuzzedProtocol, port: number, folder: string): Promise<number | string> {
  const terminal = new FakeTerminal(true);
  const interrupt = new AbortController();
  if (protocol === "v2") terminal.type("yes");
  terminal.type("yes");
  const session = runSession(
    {
      host: "127.0.0.1",
      port,
      user: "ann",
      password: "long enough",
      downloads: join(folder, "downloads"),
      home: folder,
      limits,
      legacy: protocol === "v1",
      fingerprint: undefined,
      known: { place: "nowhere", find: () => undefined, remember: () => undefined },
    },
    { terminal, interrupted: interrupt.signal, now: () => performance.now(), list: () => [] },
  ).catch(String);
  // In the first protocol a person is asked whether to come back; there is no way to say no but to leave.
  const asked = setInterval(() => {
    if (terminal.printed.includes("Reconnect?")) interrupt.abort();
  }, 5);
  const late = setTimeout(() => interrupt.abort(), 20_000);
  const end = await session;
  clearInterval(asked);
  clearTimeout(late);
  return end;
}

function begin(socket: Socket<{ step: number }>, chunk: Uint8Array, finish: () => void): void {
  const text = Buffer.from(chunk).toString("latin1");
  if (text.includes("hello") && socket.data.step === 0) {
    socket.data.step = 1;
    socket.write(
      encodeControl("hello", { version: "2.0", tls: false, capabilities: ["files", "quiz", "typing"] }),
    );
  } else if (text.includes("login") && socket.data.step === 1) {
    socket.data.step = 2;
    socket.write(
      encodeControl("seat", { name: "ann", role: "student", token: "t", lastTag: 0, seen: 0, room: "main" }),
    );
  } else if (text.includes("join") && socket.data.step === 2) {
    socket.data.step = 3;
    const joined = { ask: 1, room: "main", number: 1, keeps: true, members: [], memberCount: 1, missed: 0 };
    socket.write(encodeControl("joined", { ...joined, skipped: false }));
    setTimeout(finish, 1);
  }
}

function beginOld(socket: Socket<{ step: number }>, chunk: Uint8Array, finish: () => void): void {
  if (socket.data.step > 0 || !Buffer.from(chunk).includes("long enough")) return;
  socket.data.step = 1;
  socket.write(encodeFrame("info", messages.welcome));
  setTimeout(finish, 1);
}

/** All frames, and then an end: rubbish, a farewell, or nothing. */
function finish(socket: Socket<{ step: number }>, fuzz: FrameFuzz, count: number): void {
  const farewell = Buffer.concat([
    encodeControl("bye", { code: "closing" }),
    encodeFrame("info", messages.shuttingDown),
  ]);
  const frames = fuzz.frames(count);
  const end = fuzz.below(4) === 0 ? fuzz.rubbish() : new Uint8Array(0);
  const bytes = Buffer.concat([frames, end, farewell]);
  let at = 0;
  const write = (): void => {
    at += Math.max(0, socket.write(bytes, at, bytes.length - at));
    if (at < bytes.length && socket.readyState > 0) setTimeout(write, 1);
    else socket.end();
  };
  write();
}
