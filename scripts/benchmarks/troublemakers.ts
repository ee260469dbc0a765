/**
 * What a class may have to bear at once, a process of its own: one member that never reads, one that writes a byte a
 * second, and thousands of connections that say nothing.
 *
 *      bun troublemakers.ts PORT ROOM TOKEN TOKEN SILENT
 *
 * Prints `ready` when the two are in. At the next line on its input it opens the silent ones, all within
 * `openingMs`, and prints how many it has opened and how many the server has closed when its input ends.
 */
import type { Socket } from "bun";
import { encodeFrame } from "../../src/classroom/protocol/frame.ts";
import { encodeControl } from "../../src/classroom/protocol/v2/control.ts";
import { encodeSay } from "../../src/classroom/protocol/v2/message.ts";

const openingMs = 5_000;
const [port = "0", room = "", stalledToken = "", slowToken = "", silent = "0"] = process.argv.slice(2);

/** Logs in without TLS. @returns a socket that has joined the room */
function enter(token: string): Promise<Socket> {
  const joined = Promise.withResolvers<Socket>();
  const steps = [
    {
      awaits: "info",
      send: encodeFrame("hello", JSON.stringify({ version: "2.0", tls: false, capabilities: [] })),
    },
    { awaits: "hello", send: encodeControl("login", { token }) },
    { awaits: "seat", send: encodeControl("join", { ask: 1, room, keep: false }) },
    { awaits: "joined", send: new Uint8Array(0) },
  ];
  void Bun.connect({
    hostname: "127.0.0.1",
    port: Number(port),
    socket: {
      data(socket, chunk) {
        if (steps.length === 0 || !chunk.includes(steps[0]!.awaits)) return;
        socket.write(steps.shift()!.send);
        if (steps.length === 0) joined.resolve(socket);
      },
      error() {},
    },
  });
  return joined.promise;
}

async function main(): Promise<void> {
  const stalled = await enter(stalledToken);
  stalled.pause();
  const slow = await enter(slowToken);
  const frame = encodeSay({ tag: 1, room: 1, text: "a byte a second" });
  let written = 0;
  setInterval(() => {
    if (written < frame.length) slow.write(frame, written++, 1);
  }, 1_000);
  process.stdout.write("ready\n");
  let closed = 0;
  let opened = 0;
  const input = console[Symbol.asyncIterator]();
  await input.next();
  const startedAt = performance.now();
  const opening = setInterval(() => {
    const share = Math.min(1, (performance.now() - startedAt) / openingMs);
    for (; opened < share * Number(silent); opened++)
      Bun.connect({
        hostname: "127.0.0.1",
        port: Number(port),
        socket: { data() {}, close: () => void closed++, error() {} },
      }).catch(() => {});
    if (share === 1) clearInterval(opening);
  }, 10);
  // The end of the input.
  await input.next();
  process.stdout.write(`${opened} ${closed}\n`);
  process.exit(0);
}

await main();
