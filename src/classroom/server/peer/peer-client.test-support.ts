/** A client of the second protocol for tests: says exactly what it is told to, and keeps what it hears. */
import type { Connection, ConnectionEvents } from "../../net/connection.ts";
import { dial } from "../../net/dial.ts";
import { WriteTick } from "../../net/write-tick.ts";
import { encodeFrame } from "../../protocol/frame.ts";
import {
  controlHeader,
  decodeControl,
  encodeControl,
  type Control,
  type ControlHeader,
} from "../../protocol/v2/control.ts";
import { decodeChunk, decodeCredit } from "../../protocol/v2/chunk.ts";
import { lookUpV2Header, v2HeaderNames } from "../../protocol/v2/header.ts";
import * as message from "../../protocol/v2/message.ts";

export interface Heard {
  header: string;
  // What a test makes of it.
  content: unknown;
}

export const hello: Control<"hello"> = { version: "2.0", tls: false, capabilities: ["files", "quiz"] };

export class PeerClient {
  connection!: Connection;
  isClosed = false;
  publicKey: Uint8Array | undefined;
  /** The next tag that `say` and others give. */
  tag = 1;
  /** The next number of a question. */
  ask = 1;
  #heard: Heard[] = [];
  #wake: (() => void) | undefined;
  #isV2 = false;

  static connect(port: number): Promise<PeerClient> {
    return PeerClient.over((events) =>
      dial(
        "127.0.0.1",
        port,
        new WriteTick(),
        () => events,
        (error) => {
          throw error;
        },
      ),
    );
  }

  /** @param open makes the connection that the client speaks over */
  static async over(open: (events: ConnectionEvents) => Promise<Connection>): Promise<PeerClient> {
    const client = new PeerClient();
    const wake = (): void => client.#wake?.();
    client.connection = await open({
      frame(header, bytes, start, end) {
        client.#heard.push(client.#isV2 ? decode(header, bytes, start, end) : text("v1", bytes, start, end));
        wake();
      },
      fileData() {},
      fileEnd() {},
      violation: (sentence) => client.#heard.push({ header: "violation", content: sentence }),
      overflow() {},
      closed() {
        client.isClosed = true;
        wake();
      },
    });
    return client;
  }

  /** Connected, greeted, and past the hello. */
  static async greeted(port: number, content: Partial<Control<"hello">> = {}): Promise<PeerClient> {
    const client = await PeerClient.connect(port);
    await client.next();
    await client.shakeHands({ ...hello, ...content });
    return client;
  }

  /** In, under a new name. Its `seat` and the main room's `joined` are heard. */
  static async registered(
    port: number,
    name: string,
    content: Partial<Control<"hello">> = {},
  ): Promise<PeerClient> {
    const client = await PeerClient.greeted(port, content);
    await client.logIn({ name, password: "long enough", create: true });
    return client;
  }

  async logIn(login: Control<"login">): Promise<Control<"seat">> {
    this.send("login", login);
    const seat = (await this.expect("seat")) as Control<"seat">;
    this.tag = seat.lastTag + 1;
    return seat;
  }

  /** Joins, and passes over what is missed. */
  async join(room = "main", more: Partial<Control<"join">> = {}): Promise<Control<"joined">> {
    this.send("join", { ask: this.ask++, room, ...more });
    return (await this.expect("joined")) as Control<"joined">;
  }

  async shakeHands(content: Control<"hello">): Promise<Control<"hello">> {
    this.send("hello", content);
    this.becomeV2();
    const answer = (await this.expect("hello")) as Control<"hello">;
    if (!answer.tls) return answer;
    await new Promise<void>((resolve) =>
      this.connection.startTls({ kind: "client", host: "127.0.0.1" }, (publicKey) => {
        this.publicKey = publicKey;
        resolve();
      }),
    );
    this.send("hello", content);
    await this.expect("hello");
    return answer;
  }

  becomeV2(): void {
    this.#isV2 = true;
    this.connection.decoder.readPlainFrames(lookUpV2Header);
  }

  send<H extends ControlHeader>(header: H, content: Control<H>): void {
    this.connection.send(encodeControl(header, content));
  }

  raw(header: string, payload: string | Uint8Array): void {
    this.connection.send(encodeFrame(header, payload));
  }

  /** @returns the tag */
  say(words: string, room = 1): number {
    this.connection.send(message.encodeSay({ tag: this.tag, room, text: words }));
    return this.tag++;
  }

  tell(name: string, words: string): number {
    this.connection.send(message.encodeTell({ tag: this.tag, name, text: words }));
    return this.tag++;
  }

  /** The next thing that is heard. Fails after `timeoutMs`, or when the connection ends first. */
  async next(timeoutMs = 4000): Promise<Heard> {
    const deadline = Date.now() + timeoutMs;
    while (this.#heard.length === 0) {
      if (this.isClosed) throw new Error("closed");
      if (Date.now() >= deadline) throw new Error("nothing came in time");
      await this.#wait(deadline);
    }
    return this.#heard.shift()!;
  }

  /** The next thing with this header; what comes before it is passed over, except errors and what was not expected. */
  async expect(header: string): Promise<unknown> {
    const skipped = new Set(["presence", "notice", "ack", "typing", "mode"]);
    for (;;) {
      const heard = await this.next();
      if (heard.header === header) return heard.content;
      if (!skipped.has(heard.header)) throw new Error(`expected ${header}, heard ${JSON.stringify(heard)}`);
    }
  }

  async expectNothing(ms = 40): Promise<void> {
    await Bun.sleep(ms);
    if (this.#heard.length > 0) throw new Error(`expected nothing, heard ${JSON.stringify(this.#heard)}`);
  }

  async untilClosed(timeoutMs = 4000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (!this.isClosed) {
      if (Date.now() >= deadline) throw new Error("it stays open");
      await this.#wait(deadline);
    }
  }

  /** All that was heard and not looked at. */
  drain(): Heard[] {
    return this.#heard.splice(0);
  }

  async #wait(deadline: number): Promise<void> {
    const woken = Promise.withResolvers<void>();
    const timer = setTimeout(woken.resolve, Math.max(1, deadline - Date.now()));
    this.#wake = woken.resolve;
    await woken.promise;
    clearTimeout(timer);
  }
}

function text(header: string, bytes: Uint8Array, start: number, end: number): Heard {
  return { header, content: Buffer.from(bytes.subarray(start, end)).toString() };
}

function decode(code: number, bytes: Uint8Array, start: number, end: number): Heard {
  const header = v2HeaderNames[code] ?? "unknown";
  const json = controlHeader(code);
  if (json !== undefined) {
    const content = decodeControl(json, bytes, start, end);
    return content === undefined ? text(header, bytes, start, end) : { header, content };
  }
  switch (header) {
    case "m":
    case "old":
      return { header, content: message.decodeRoomMessage(bytes, start, end) };
    case "p":
      return { header, content: message.decodePrivate(bytes, start, end) };
    case "ack":
      return { header, content: message.decodeAcks(bytes, start, end) };
    case "credit":
      return { header, content: decodeCredit(bytes, start, end) };
    case "chunk": {
      const chunk = decodeChunk(bytes, start, end)!;
      return { header, content: { ...chunk, data: Buffer.from(bytes.slice(chunk.start, chunk.end)) } };
    }
    default:
      return text(header, bytes, start, end);
  }
}
