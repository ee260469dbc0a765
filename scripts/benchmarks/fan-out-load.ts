/**
 * The load of the fan-out benchmarks, a process of its own: N receivers and one sender of M messages of S bytes.
 * Every receiver compares what it gets, byte for byte, with the stream it must get, so that a lost message, a
 * message out of order or a byte too many ends the run. With several servers their rounds take turns.
 *
 *   bun fan-out-load.ts '{"receivers":100,"messages":20000,"bytes":100,"rounds":3,"servers":[…]}'
 *
 * Prints the seconds of each round of each server as JSON.
 */
import type { Socket } from "bun";
import { encodeFrame } from "../../src/classroom/protocol/frame.ts";

/** One server under load; `stalled` receivers more than the others connect to it and never read. */
export interface LoadedServer {
  peer: "pcs" | "nats";
  port: number;
  stalled: number;
}

export interface Load {
  receivers: number;
  messages: number;
  bytes: number;
  rounds: number;
  servers: LoadedServer[];
}

const { receivers, messages, bytes, rounds, servers } = JSON.parse(process.argv[2] ?? "{}") as Load;

/** What one peer's wire looks like. */
interface Wire {
  /** What a client sends when it is greeted, step by step; each step waits for the text. */
  steps(index: number, isSender: boolean): { awaits: string; send: Uint8Array }[];
  ready: string;
  sent(text: string): Uint8Array;
  received(text: string): Uint8Array;
}

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

const wires: Record<LoadedServer["peer"], Wire> = {
  pcs: {
    steps: (index, isSender) => [
      {
        awaits: "(yes/no):",
        send: Buffer.concat([
          encodeFrame("info", "no"),
          encodeFrame("info", isSender ? "sender" : `user${index}`),
        ]),
      },
      { awaits: "registered successfully.", send: encodeFrame("info", "password") },
    ],
    ready: "You joined",
    sent: (content) => encodeFrame("msg", content),
    received: (content) => encodeFrame("msg", `Client sender: ${content}\n`),
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

/** Message 17 of 100 bytes: `17 xxxx…`. */
const contents = Array.from({ length: messages }, (_, i) => `${i} `.padEnd(bytes, "x"));

function fail(reason: string): never {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}

/** The clients of one server. */
class Clients {
  #server: LoadedServer;
  #wire: Wire;
  #outgoing: Buffer;
  #expected: Buffer;
  /** Bytes of the expected stream that each receiver has had in this round. */
  #places = new Float64Array(receivers);
  #sender: Socket | undefined;
  #sentBytes = 0;
  #measuring = false;
  #complete = 0;
  #finish = (): void => {};

  constructor(server: LoadedServer) {
    this.#server = server;
    this.#wire = wires[server.peer];
    this.#outgoing = Buffer.concat(contents.map((content) => this.#wire.sent(content)));
    this.#expected = Buffer.concat(contents.map((content) => this.#wire.received(content)));
  }

  async connect(): Promise<void> {
    for (let index = 0; index < receivers; index++) await this.#connect(index);
    for (let i = 0; i < this.#server.stalled; i++) (await this.#connect(receivers + i)).pause();
    this.#sender = await this.#connect(-1);
  }

  /** @returns seconds from the first byte sent to the last one received */
  async round(): Promise<number> {
    this.#places.fill(0);
    this.#complete = 0;
    this.#sentBytes = 0;
    const done = new Promise<void>((resolve) => (this.#finish = resolve));
    const timeout = setTimeout(
      () => fail(`${this.#complete} of ${receivers} had everything in 60 s`),
      60_000,
    );
    const startedAt = performance.now();
    this.#measuring = true;
    this.#pump();
    await done;
    this.#measuring = false;
    clearTimeout(timeout);
    return (performance.now() - startedAt) / 1000;
  }

  #pump(): void {
    while (this.#measuring && this.#sender !== undefined && this.#sentBytes < this.#outgoing.length) {
      const left = this.#outgoing.length - this.#sentBytes;
      const taken = this.#sender.write(this.#outgoing, this.#sentBytes, Math.min(1 << 18, left));
      if (taken <= 0) return;
      this.#sentBytes += taken;
    }
  }

  #receive(index: number, chunk: Buffer): void {
    if (!this.#measuring || index < 0 || index >= receivers) return;
    const place = this.#places[index]!;
    const end = place + chunk.length;
    if (end > this.#expected.length || this.#expected.compare(chunk, 0, chunk.length, place, end) !== 0)
      fail(`${this.#server.peer}: receiver ${index} got something else at byte ${place}`);
    this.#places[index] = end;
    if (end === this.#expected.length && ++this.#complete === receivers) this.#finish();
  }

  /** Connects one client, the sender being number -1, and takes it through its steps. */
  #connect(index: number): Promise<Socket> {
    const steps = this.#wire.steps(index, index < 0);
    const ready = Promise.withResolvers<Socket>();
    let heard = "";
    let isReady = false;
    const data = (socket: Socket, chunk: Buffer): void => {
      // nats-server asks each client once, two seconds after it came, whether it is there.
      if (isReady && !this.#measuring && chunk.includes("PING")) socket.write("PONG\r\n");
      if (isReady) return this.#receive(index, chunk);
      heard += chunk.toString();
      const step = steps[0];
      if (step !== undefined && heard.includes(step.awaits)) {
        steps.shift();
        socket.write(step.send);
      } else if (step === undefined && heard.includes(this.#wire.ready)) {
        isReady = true;
        ready.resolve(socket);
      }
    };
    const close = (): void => {
      if (index < receivers) fail(`${this.#server.peer}: connection ${index} was closed`);
    };
    void Bun.connect({
      hostname: "127.0.0.1",
      port: this.#server.port,
      socket: { data, close, drain: () => this.#pump(), error() {} },
    });
    return ready.promise;
  }
}

const clients = servers.map((server) => new Clients(server));
for (const each of clients) await each.connect();
// Everybody has heard everybody join, and nats-server has asked.
await Bun.sleep(servers.some((server) => server.peer === "nats") ? 3500 : 500);
const seconds: number[][] = servers.map(() => []);
for (let round = 0; round < rounds; round++)
  for (const [index, each] of clients.entries()) seconds[index]!.push(await each.round());
process.stdout.write(`${JSON.stringify(seconds)}\n`);
process.exit(0);
