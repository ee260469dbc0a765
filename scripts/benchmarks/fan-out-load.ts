/**
 * The load of the fan-out benchmarks, a process of its own: N receivers and one sender of M messages of S bytes.
 * Every receiver compares what it gets, byte for byte, with the stream it must get, so that a lost message, a
 * message out of order or a byte too many ends the run. Prints one line of JSON.
 *
 *   bun fan-out-load.ts pcs|nats PORT RECEIVERS MESSAGES BYTES ROUNDS STALLED
 */
import type { Socket } from "bun";
import { encodeFrame } from "../../src/classroom/protocol/frame.ts";

const [peer = "pcs", ...numbers] = process.argv.slice(2);
const [port = 0, receivers = 100, messages = 20_000, bytes = 100, rounds = 1, stalled = 0] =
  numbers.map(Number);

/** What one peer's wire looks like. */
interface Wire {
  /** What a client sends when it is greeted, step by step; each step waits for the text. */
  steps(index: number, isSender: boolean): { awaits: string; send: Uint8Array }[];
  ready: string;
  sent(text: string): Uint8Array;
  received(text: string): Uint8Array;
}

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

const wires: Record<string, Wire> = {
  pcs: {
    steps: (index) => [
      {
        awaits: "(yes/no):",
        send: Buffer.concat([encodeFrame("info", "no"), encodeFrame("info", `user${index}`)]),
      },
      { awaits: "registered successfully.", send: encodeFrame("info", "password") },
    ],
    ready: "You joined",
    sent: (content) => encodeFrame("msg", content),
    received: (content) => encodeFrame("msg", `Client user${receivers}: ${content}\n`),
  },
  nats: {
    steps: (_index, isSender) => [
      {
        awaits: "INFO",
        send: text(`CONNECT {"verbose":false,"pedantic":false}\r\n${isSender ? "" : "SUB r 1\r\n"}PING\r\n`),
      },
    ],
    ready: "PONG",
    sent: (content) => text(`PUB r ${content.length}\r\n${content}\r\n`),
    received: (content) => text(`MSG r 1 ${content.length}\r\n${content}\r\n`),
  },
};

const wire = wires[peer]!;
/** Message 17 of 100 bytes: `17 xxxx…`. */
const contents = Array.from({ length: messages }, (_, i) => `${i} `.padEnd(bytes, "x"));
const outgoing = Buffer.concat(contents.map(wire.sent));
const expected = Buffer.concat(contents.map(wire.received));

/** Bytes of the expected stream that each receiver has had in this round. */
const places = new Float64Array(receivers);
let measuring = false;
let complete = 0;
let finish = (): void => {};

function fail(reason: string): never {
  process.stderr.write(`${peer}: ${reason}\n`);
  process.exit(1);
}

/** Connects one client and takes it through its steps. */
function connect(index: number, onData: (chunk: Buffer) => void): Promise<Socket> {
  const isSender = index === receivers;
  const steps = wire.steps(index, isSender);
  const ready = Promise.withResolvers<Socket>();
  let heard = "";
  let isReady = false;
  void Bun.connect({
    hostname: "127.0.0.1",
    port,
    socket: {
      data(socket, chunk) {
        // nats-server asks each client once, two seconds after it came, whether it is there.
        if (isReady && !measuring && chunk.includes("PING")) socket.write("PONG\r\n");
        if (isReady) return onData(chunk);
        heard += chunk.toString();
        const step = steps[0];
        if (step !== undefined && heard.includes(step.awaits)) {
          steps.shift();
          socket.write(step.send);
        } else if (step === undefined && heard.includes(wire.ready)) {
          isReady = true;
          ready.resolve(socket);
        }
      },
      drain: () => pump(),
      close: () => {
        if (index >= stalled) fail(`connection ${index} was closed`);
      },
      error() {},
    },
  });
  return ready.promise;
}

const sockets: Socket[] = [];
let sender: Socket | undefined;
let sentBytes = 0;

function pump(): void {
  while (measuring && sender !== undefined && sentBytes < outgoing.length) {
    const taken = sender.write(outgoing, sentBytes, Math.min(1 << 18, outgoing.length - sentBytes));
    if (taken <= 0) return;
    sentBytes += taken;
  }
}

function receive(index: number, chunk: Buffer): void {
  if (!measuring) return;
  const place = places[index]!;
  const end = place + chunk.length;
  if (end > expected.length || expected.compare(chunk, 0, chunk.length, place, end) !== 0)
    fail(`receiver ${index} got something else at byte ${place}`);
  places[index] = end;
  if (end === expected.length && ++complete === receivers - stalled) finish();
}

for (let index = 0; index < receivers; index++)
  sockets.push(await connect(index, (chunk) => receive(index, chunk)));
sender = await connect(receivers, () => {});
// Everybody has heard everybody join, and nats-server has asked.
await Bun.sleep(peer === "nats" ? 3500 : 500);
for (let index = 0; index < stalled; index++) sockets[index]!.pause();

const seconds: number[] = [];
for (let round = 0; round < rounds; round++) {
  places.fill(0);
  complete = 0;
  sentBytes = 0;
  const done = new Promise<void>((resolve) => (finish = resolve));
  const timeout = setTimeout(
    () => fail(`${complete} of ${receivers} receivers had everything in 60 s`),
    60_000,
  );
  const startedAt = performance.now();
  measuring = true;
  pump();
  await done;
  measuring = false;
  seconds.push((performance.now() - startedAt) / 1000);
  clearTimeout(timeout);
}
const median = seconds.toSorted((a, b) => a - b)[seconds.length >> 1]!;
const deliveries = (receivers - stalled) * messages;
process.stdout.write(`${JSON.stringify({ peer, deliveries, seconds: median, rate: deliveries / median })}\n`);
process.exit(0);
