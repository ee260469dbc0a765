/** Two people who chat while something else goes on: how long each message takes from one to the other. */
import type { PeerLink } from "../../../src/classroom/client/peer-link.ts";
import { v2HeaderCode } from "../../../src/classroom/protocol/v2/header.ts";
import { decodeRoomMessage, encodeSay } from "../../../src/classroom/protocol/v2/message.ts";
import { connected } from "./connected.ts";

const everyMs = 10;

export class ChatProbe {
  readonly #latenciesMs: number[] = [];
  #timer: Timer;
  #links: readonly PeerLink[];
  #sent = 0;

  private constructor(say: (text: string) => void, links: readonly PeerLink[]) {
    this.#links = links;
    this.#timer = setInterval(() => {
      this.#sent++;
      say(`${performance.now()} `.padEnd(100, "x"));
    }, everyMs);
  }

  /** @param tls whether the server encrypts */
  static async start(port: number, tls: boolean): Promise<ChatProbe> {
    const speaker = await connected(port, "speaker", tls);
    const hearer = await connected(port, "hearer", tls);
    let tag = 1;
    const probe = new ChatProbe(
      (text) => speaker.connection.send(encodeSay({ tag: tag++, room: 1, text })),
      [speaker, hearer],
    );
    speaker.onFrame = () => {};
    hearer.onFrame = (code, bytes, start, end) => {
      if (code !== v2HeaderCode.m) return;
      const { sender, text } = decodeRoomMessage(bytes, start, end)!;
      if (sender === "speaker") probe.#latenciesMs.push(performance.now() - Number(text.split(" ", 1)[0]));
    };
    return probe;
  }

  /** @returns how long messages took so far, sorted, in milliseconds; what is on its way is waited for */
  async stop(): Promise<number[]> {
    clearInterval(this.#timer);
    const deadline = performance.now() + 10_000;
    while (this.#latenciesMs.length < this.#sent) {
      if (performance.now() > deadline)
        throw new Error(`${this.#sent - this.#latenciesMs.length} messages never came`);
      await Bun.sleep(5);
    }
    for (const { connection } of this.#links) connection.destroy();
    return this.#latenciesMs.toSorted((a, b) => a - b);
  }
}
