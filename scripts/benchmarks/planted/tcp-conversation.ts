/**
 * A TCP connection as both ends send it: handshake, segments, acknowledgements, end. It keeps its own time, from
 * which every frame follows by what the round trip and the line take, and gives each frame to `emit`.
 */
import type { SeededRandom } from "../../../src/analyzer/anomaly/seeded-random.ts";
import { about, between } from "./chance.ts";
import { tcpFlag, tcpFrame, type Station } from "./frames.ts";

export type Emit = (atUs: number, frame: Buffer) => void;

export interface Ends {
  client: Station;
  clientPort: number;
  server: Station;
  serverPort: number;
}

const largestSegment = 1460;
const lineUs = 120;
const { fin, syn, rst, psh, ack } = tcpFlag;
/** Largest segment, no operation, window scale, two no operations, SACK permitted. */
const synOptions = Buffer.from("020405b40103030801010402", "hex");

export class TcpConversation {
  /** When the next thing can happen. */
  atUs: number;
  private readonly random: SeededRandom;
  private readonly emit: Emit;
  private readonly ends: Ends;
  private readonly roundTripUs: number;
  /** Next sequence numbers: of the client, of the server. */
  private readonly next: [number, number];
  private readonly ids: [number, number];
  private readonly windows: [number, number];

  constructor(random: SeededRandom, emit: Emit, ends: Ends, atUs: number, roundTripUs: number) {
    this.random = random;
    this.emit = emit;
    this.ends = ends;
    this.atUs = atUs;
    this.roundTripUs = roundTripUs;
    this.next = [random.bits() >>> 0, random.bits() >>> 0];
    this.ids = [random.below(65_536), random.below(65_536)];
    this.windows = [between(random, 500, 4096), between(random, 230, 1024)];
  }

  open(): this {
    const [client, server] = this.next;
    this.put("client", { flags: syn, seq: client, ack: 0, options: synOptions, window: 64_240 });
    this.next[0]++;
    this.wait(about(this.random, this.roundTripUs, 0.2));
    this.put("server", {
      flags: syn | ack,
      seq: server,
      ack: client + 1,
      options: synOptions,
      window: 65_160,
    });
    this.next[1]++;
    this.wait(about(this.random, 60, 0.5));
    this.put("client", { flags: ack });
    return this;
  }

  /** In segments; the other end acknowledges every second one and the last. */
  send(side: "client" | "server", payload: Buffer): this {
    const isClient = side === "client";
    this.wait(about(this.random, this.roundTripUs / 2 + 200, 0.4));
    for (let at = 0, segment = 1; at < payload.length; at += largestSegment, segment++) {
      const part = payload.subarray(at, at + largestSegment);
      const isLast = at + largestSegment >= payload.length;
      this.put(side, { flags: ack | (isLast ? psh : 0), payload: part });
      this.next[isClient ? 0 : 1] += part.length;
      this.wait(about(this.random, lineUs, 0.3));
      if (segment % 2 === 0 || isLast) this.put(isClient ? "server" : "client", { flags: ack });
    }
    return this;
  }

  wait(us: number): this {
    this.atUs += us;
    return this;
  }

  close(first: "client" | "server" = "client"): this {
    const second = first === "client" ? "server" : "client";
    this.wait(about(this.random, this.roundTripUs / 2, 0.3));
    this.put(first, { flags: fin | ack });
    this.next[first === "client" ? 0 : 1]++;
    this.wait(about(this.random, this.roundTripUs, 0.3));
    this.put(second, { flags: fin | ack });
    this.next[second === "client" ? 0 : 1]++;
    this.wait(about(this.random, 80, 0.5));
    this.put(first, { flags: ack });
    return this;
  }

  reset(side: "client" | "server"): this {
    this.put(side, { flags: rst | ack, window: 0 });
    return this;
  }

  private put(
    side: "client" | "server",
    fields: {
      flags: number;
      seq?: number;
      ack?: number;
      payload?: Buffer;
      options?: Buffer;
      window?: number;
    },
  ): void {
    const own = side === "client" ? 0 : 1;
    const { client, clientPort, server, serverPort } = this.ends;
    const whole = {
      seq: this.next[own] % 2 ** 32,
      ack: this.next[1 - own]! % 2 ** 32,
      window: this.windows[own],
      ...fields,
    };
    this.ids[own] = (this.ids[own] + 1) & 0xffff;
    const id = { id: this.ids[own], fragment: 0x4000 };
    this.emit(
      this.atUs,
      own === 0
        ? tcpFrame(client, clientPort, server, serverPort, whole, id)
        : tcpFrame(server, serverPort, client, clientPort, whole, id),
    );
  }
}
