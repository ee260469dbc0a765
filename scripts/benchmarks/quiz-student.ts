/** A simulated student on a socket of its own, in either protocol: answers, breaks off, comes back, sends again. */
import type { Socket } from "bun";
import { encodeFrame } from "../../src/classroom/protocol/frame.ts";
import { greeting, welcome } from "../../src/classroom/protocol/messages.ts";
import { decodeAcks } from "../../src/classroom/protocol/v2/message.ts";
import { AnswerSheet, type SentAnswer } from "./quiz-sheet.ts";

const password = "a long password";
const reconnectMs = 100;

export type SocketKind = "web socket" | "socket" | "old socket";

/** The stream of frames to the server, over whatever carries it. */
interface Wire {
  write(bytes: Uint8Array): void;
  terminate(): void;
}

export class Student extends AnswerSheet {
  readonly kind: SocketKind;
  readonly #port: number;
  #wire: Wire | undefined;
  #buffer = Buffer.alloc(0);
  #isKnown = false;
  #isDone = false;
  #token: string | undefined;
  #quiz = 0;
  #tag = 1;
  /** The tag of each answer, by its question. */
  readonly #tags = new Map<number, number>();
  #whenIn: (() => void)[] = [];

  /** @param port the web port for a web socket */
  constructor(name: string, port: number, kind: SocketKind) {
    super(name);
    this.#port = port;
    this.kind = kind;
  }

  get isOld(): boolean {
    return this.kind === "old socket";
  }

  async enter(): Promise<void> {
    const inside = new Promise<void>((resolve) => this.#whenIn.push(resolve));
    await this.#connect();
    await inside;
  }

  breakOff(): void {
    this.#wire?.terminate();
  }

  end(): void {
    this.#isDone = true;
    this.#wire?.terminate();
  }

  protected send({ question, text }: SentAnswer): void {
    if (this.isOld) return this.#frame("quiz_answer", text);
    const tag = this.#tags.get(question) ?? this.#tag++;
    this.#tags.set(question, tag);
    this.#json("answer", { tag, quiz: this.#quiz, number: question, answer: text });
  }

  async #connect(): Promise<void> {
    for (;;) {
      if (this.#isDone) return;
      try {
        this.#buffer = Buffer.alloc(0);
        this.#wire = await (this.kind === "web socket" ? this.#openWeb() : this.#openSocket());
        return;
      } catch {
        await Bun.sleep(reconnectMs);
      }
    }
  }

  async #openSocket(): Promise<Wire> {
    const socket: Socket = await Bun.connect({
      hostname: "127.0.0.1",
      port: this.#port,
      socket: {
        data: (_socket, chunk) => this.#read(chunk),
        close: () => this.#closed(),
        error() {},
      },
    });
    return { write: (bytes) => void socket.write(bytes), terminate: () => socket.terminate() };
  }

  async #openWeb(): Promise<Wire> {
    const socket = new WebSocket(`ws://127.0.0.1:${this.#port}/ws`);
    socket.binaryType = "arraybuffer";
    socket.addEventListener("message", ({ data }) => this.#read(Buffer.from(data as ArrayBuffer)));
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener("open", () => resolve());
      socket.addEventListener("error", () => reject(new Error("no web socket")));
    });
    socket.addEventListener("close", () => this.#closed());
    return { write: (bytes) => socket.send(bytes.slice()), terminate: () => socket.terminate() };
  }

  #closed(): void {
    this.left();
    if (this.#isDone) return;
    this.reconnects++;
    setTimeout(() => void this.#connect(), reconnectMs * (0.5 + Math.random()));
  }

  #read(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const buffer = this.#buffer;
      if (buffer.length < 2) return;
      const headerEnd = 2 + buffer.readUInt16BE(0);
      if (buffer.length < headerEnd + 4) return;
      const end = headerEnd + 4 + buffer.readUInt32BE(headerEnd);
      if (buffer.length < end) return;
      this.#buffer = buffer.subarray(end);
      this.#hear(buffer.subarray(2, headerEnd).toString(), buffer.subarray(headerEnd + 4, end));
    }
  }

  #hear(header: string, payload: Buffer): void {
    if (payload.toString() === greeting) return this.#begin();
    if (this.isOld) this.#hearOld(header, payload.toString());
    else this.#hearNew(header, payload);
  }

  #begin(): void {
    if (!this.isOld) return this.#json("hello", { version: "2.0", tls: false, capabilities: ["quiz"] });
    this.#frame("info", this.#isKnown ? "yes" : "no");
    this.#frame("info", this.name);
    if (this.#isKnown) this.#frame("info", password);
  }

  #hearOld(header: string, text: string): void {
    if (text === welcome) this.#entered();
    else if (header === "info" && text.startsWith("Username registered")) this.#frame("info", password);
    else if (header === "quiz_question") this.#see(Number(/^Question (\d+)/.exec(text)![1]));
    else if (header === "info") {
      const kept = /^Server: Your answer to question (\d+) is kept/.exec(text);
      if (kept !== null) this.settle(({ question }) => question === Number(kept[1]), "acknowledged");
      else if (/^Server: Question \d+ of \d+ is closed/.test(text)) this.open = 0;
    } else if (header === "error") {
      this.errors.push(text.trim());
      this.settle(({ question }) => question === this.open, "refused");
    }
  }

  #hearNew(header: string, payload: Buffer): void {
    if (header === "ack") {
      for (const { tag } of decodeAcks(payload, 0, payload.length) ?? [])
        this.settle(({ question }) => this.#tagOf(question) <= tag, "acknowledged");
      return;
    }
    if (header === "ping") return this.#frame("pong", payload);
    if (!["hello", "seat", "joined", "quiz", "question", "phase", "error"].includes(header)) return;
    const content = JSON.parse(payload.toString()) as Record<string, unknown>;
    const known = { name: this.name, password, create: !this.#isKnown };
    if (header === "hello") this.#json("login", this.#token === undefined ? known : { token: this.#token });
    else if (header === "seat") {
      this.#token = (content["token"] as string | undefined) ?? this.#token;
      this.#json("join", { ask: 1, room: "main" });
    } else if (header === "joined") this.#entered();
    else if (header === "quiz") this.#quiz = content["quiz"] as number;
    else if (header === "question") this.#see(content["number"] as number);
    else if (header === "phase" && content["phase"] !== "question") this.open = 0;
    else if (header === "error") {
      this.errors.push(`${content["code"] as string}: ${content["text"] as string}`);
      this.settle(({ question }) => this.#tagOf(question) === content["tag"], "refused");
    }
  }

  /** In again: what was not acknowledged is sent once more; in the first protocol only to the question that is open. */
  #entered(): void {
    this.isIn = true;
    this.#isKnown = true;
    for (const resolve of this.#whenIn.splice(0)) resolve();
    if (this.isOld) return;
    // Behind `joined` the server tells of the quiz; its number is known by now, or nothing waits.
    for (const sent of this.answers) if (sent.state === "waiting") this.send(sent);
  }

  #see(question: number): void {
    this.open = question;
    if (!this.isOld) return;
    const sent = this.answers.find((each) => each.question === question && each.state === "waiting");
    if (sent !== undefined) this.send(sent);
  }

  #tagOf(question: number): number {
    return this.#tags.get(question) ?? Infinity;
  }

  #json(header: string, content: object): void {
    this.#frame(header, JSON.stringify(content));
  }

  #frame(header: string, payload: string | Uint8Array): void {
    this.#wire?.write(encodeFrame(header, payload));
  }
}
