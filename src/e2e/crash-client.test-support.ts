/**
 * A client of the second protocol that comes back whatever happens, sends again what was not acknowledged, and
 * remembers what was: what a server that is killed must not lose. `die` is the sudden end of the client itself.
 */
import { encodeChunk } from "../classroom/protocol/v2/chunk.ts";
import type { Control } from "../classroom/protocol/v2/control.ts";
import { encodeSay, encodeTell, type Ack, type RoomMessage } from "../classroom/protocol/v2/message.ts";
import { PeerClient, type Heard } from "../classroom/server/peer/peer-client.test-support.ts";
import { chunkBytes, CrashDownloads, hashOf, type Upload } from "./crash-files.test-support.ts";

const password = "long enough";

interface Waiting {
  tag: number;
  what: string;
  frame: (client: PeerClient) => void;
}

export class CrashClient {
  readonly name: string;
  /** What was acknowledged: messages, `to NAME: TEXT`, `answer QUESTION LETTER`. */
  readonly acknowledged: string[] = [];
  /** What it said before it died and was not told about: it may be kept, once. */
  readonly unknown: string[] = [];
  readonly heard: RoomMessage[] = [];
  readonly privately: { id: number; from: string; text: string }[] = [];
  /** Hashes of what the server has, by name; and of what was got from it. */
  readonly uploaded = new Map<string, string>();
  readonly unknownFiles: string[] = [];
  readonly downloads = new CrashDownloads();
  readonly faults: string[] = [];
  resumes = 0;
  reconnects = 0;
  deaths = 0;
  /** The question that is open to it, from 1; 0 for none. */
  open = 0;
  #port: number;
  #client: PeerClient | undefined;
  isIn = false;
  #token: string | undefined;
  #isKnown = false;
  #tag = 1;
  #transfer = -1;
  #quiz = 0;
  #answered = new Set<number>();
  #waiting: Waiting[] = [];
  #uploads: Upload[] = [];
  /** What the file that is being sent waits for. */
  #fileNews: ((heard: Heard | undefined) => void) | undefined;
  #fileQueue: Heard[] = [];
  #upTo = 0;
  #seen = 0;
  #isDone = false;
  #running: Promise<void>;

  constructor(name: string, port: number) {
    this.name = name;
    this.#port = port;
    this.#running = this.#run();
  }

  get isIdle(): boolean {
    return this.isIn && this.#waiting.length === 0 && this.#uploads.length === 0;
  }

  get waitingCount(): number {
    return this.#waiting.length;
  }

  say(text: string): void {
    this.#ask(text, (tag) => (client) => client.connection.send(encodeSay({ tag, room: 1, text })));
  }

  tell(name: string, text: string): void {
    this.#ask(
      `to ${name}: ${text}`,
      (tag) => (client) => client.connection.send(encodeTell({ tag, name, text })),
    );
  }

  /** Answers the open question, once. */
  answer(letter: string): void {
    const { open: number } = this;
    if (number === 0 || this.#answered.has(number)) return;
    this.#answered.add(number);
    const quiz = this.#quiz;
    this.#ask(
      `answer ${number} ${letter}`,
      (tag) => (client) => client.send("answer", { tag, quiz, number, answer: letter }),
    );
  }

  upload(name: string, bytes: Buffer): void {
    this.#uploads.push({ name, bytes, resume: undefined });
    if (this.#uploads.length === 1 && this.isIn) void this.#sendFiles(this.#client!);
  }

  /** Loses its connection, and nothing else. */
  readonly breakOff = (): void => this.#client?.connection.destroy();

  /** Ends suddenly and begins anew, with nothing in memory but the password. */
  die(): void {
    this.deaths++;
    this.unknown.push(...this.#waiting.map(({ what }) => what));
    this.unknownFiles.push(...this.#uploads.map(({ name }) => name));
    this.#waiting = [];
    this.#uploads = [];
    this.#token = undefined;
    this.isIn = false;
    this.#client?.connection.destroy();
  }

  async end(): Promise<void> {
    this.#isDone = true;
    this.#client?.connection.destroy();
    await this.#running;
  }

  #ask(what: string, make: (tag: number) => (client: PeerClient) => void): void {
    const tag = this.#tag++;
    const waiting = { tag, what, frame: make(tag) };
    this.#waiting.push(waiting);
    if (this.isIn) waiting.frame(this.#client!);
  }

  async #run(): Promise<void> {
    while (!this.#isDone) {
      try {
        await this.#stay();
      } catch {
        // The server is not there, or not any more.
      }
      this.isIn = false;
      this.#tellFiles(undefined);
      this.open = 0;
      this.reconnects++;
      await Bun.sleep(20 + Math.random() * 40);
    }
  }

  async #stay(): Promise<void> {
    const client = await PeerClient.greeted(this.#port);
    this.#client = client;
    if (this.#isDone) return client.connection.destroy();
    if (this.#token !== undefined) client.send("login", { token: this.#token });
    else client.send("login", { name: this.name, password, create: !this.#isKnown });
    this.#transfer = -1;
    for (;;) this.#hear(client, await client.next(3_600_000));
  }

  #hear(client: PeerClient, heard: Heard): void {
    const { header, content } = heard;
    switch (header) {
      case "seat":
        return this.#sit(client, content as Control<"seat">);
      case "joined":
        return this.#entered(client, content as Control<"joined">);
      case "m":
        return void this.heard.push(content as RoomMessage);
      case "p":
        return this.#hearPrivately(client, content as { id: number; from: string; text: string });
      case "ack":
        for (const { tag } of content as Ack[]) this.#acknowledge(tag);
        return;
      case "error":
        return this.#refused(client, content as Control<"error">);
      case "quiz":
        this.#quiz = (content as Control<"quiz">).quiz;
        return;
      case "question": {
        const { number, answered } = content as Control<"question">;
        if (answered !== undefined) this.#answered.add(number);
        this.open = number;
        return;
      }
      case "phase":
        if ((content as Control<"phase">).phase !== "question") this.open = 0;
        return;
      case "ping":
        return client.raw("pong", content as string);
      case "offer":
      case "chunk":
      case "end":
        return this.downloads.hear(client, heard);
      case "accept":
      case "credit":
      case "received":
      case "cancel":
        return this.#tellFiles(heard);
    }
  }

  #sit(client: PeerClient, { token, lastTag }: Control<"seat">): void {
    this.#isKnown = true;
    this.#token = token ?? this.#token;
    this.#acknowledge(lastTag);
    this.#tag = Math.max(this.#tag, lastTag + 1);
    client.send("join", { ask: 1, room: "main", since: this.heard.at(-1)?.id ?? 0 });
  }

  #entered(client: PeerClient, { skipped }: Control<"joined">): void {
    if (skipped) this.faults.push(`${this.name} missed more than may be sent at once`);
    this.isIn = true;
    for (const { frame } of this.#waiting) frame(client);
    if (this.#uploads.length > 0) void this.#sendFiles(client);
  }

  #acknowledge(upTo: number): void {
    const done = this.#waiting.filter(({ tag }) => tag <= upTo);
    this.#waiting = this.#waiting.filter(({ tag }) => tag > upTo);
    this.acknowledged.push(...done.map(({ what }) => what));
  }

  #refused(client: PeerClient, { code, text, tag }: Control<"error">): void {
    if (code === "name-taken") this.#isKnown = true;
    if (code === "token") this.#token = undefined;
    if (code === "name-taken" || code === "token")
      return client.send("login", { name: this.name, password, create: !this.#isKnown });
    const refused = this.#waiting.find((each) => each.tag === tag);
    this.#waiting = this.#waiting.filter((each) => each !== refused);
    // An answer may come too late; nothing else is refused here.
    if (refused?.what.startsWith("answer ") !== true) this.faults.push(`${this.name}: ${code}: ${text}`);
    else if (code === "answered" || code === "not-kept") this.unknown.push(refused.what);
  }

  #hearPrivately(client: PeerClient, message: { id: number; from: string; text: string }): void {
    if (message.id <= this.#seen) return;
    this.#seen = message.id;
    this.privately.push(message);
    client.send("seen", { id: message.id });
  }

  // Files that it sends.

  #tellFiles(heard: Heard | undefined): void {
    if (heard?.header === "credit") {
      this.#upTo = Math.max(this.#upTo, (heard.content as { upTo: number }).upTo);
    } else if (heard !== undefined) this.#fileQueue.push(heard);
    this.#fileNews?.(heard);
  }

  /** @returns undefined where the connection ended */
  async #nextFileNews(client: PeerClient): Promise<Heard | undefined> {
    while (this.#fileQueue.length === 0) {
      if (client.isClosed || this.#client !== client || !this.isIn) return undefined;
      await new Promise<void>((resolve) => (this.#fileNews = () => resolve()));
    }
    return this.#fileQueue.shift();
  }

  async #sendFiles(client: PeerClient): Promise<void> {
    for (let upload = this.#uploads[0]; upload !== undefined; upload = this.#uploads[0]) {
      this.#fileQueue = [];
      this.#upTo = 0;
      const isDone = await this.#sendFile(client, upload);
      if (!isDone || this.#uploads[0] !== upload) return;
      this.#uploads.shift();
    }
  }

  async #sendFile(client: PeerClient, upload: Upload): Promise<boolean> {
    this.#transfer += 2;
    const transfer = this.#transfer;
    const { name, bytes, resume } = upload;
    const again = resume === undefined ? {} : { resume };
    client.send("offer", { tag: this.#tag++, transfer, name, size: bytes.length, ...again });
    const accepted = await this.#nextFileNews(client);
    if (accepted === undefined) return false;
    if (accepted.header !== "accept") return this.#lostFile(upload, accepted);
    const accept = accepted.content as Control<"accept">;
    upload.resume = accept.resume;
    if (accept.offset > 0) this.resumes++;
    this.#upTo = Math.max(this.#upTo, accept.upTo);
    for (let at = accept.offset; at < bytes.length;) {
      while (this.#upTo <= at) {
        if (client.isClosed || this.#client !== client) return false;
        if (this.#fileQueue.length > 0) return this.#lostFile(upload, this.#fileQueue.shift()!);
        await new Promise<void>((resolve) => (this.#fileNews = () => resolve()));
      }
      const end = Math.min(at + chunkBytes, this.#upTo, bytes.length);
      client.connection.send(encodeChunk(transfer, at, bytes.subarray(at, end)));
      at = end;
      await Bun.sleep(1);
      if (client.isClosed || this.#client !== client) return false;
    }
    const sha256 = hashOf(bytes);
    client.send("end", { transfer, size: bytes.length, sha256 });
    const ended = await this.#nextFileNews(client);
    if (ended === undefined) return false;
    if (ended.header !== "received") return this.#lostFile(upload, ended);
    this.uploaded.set(name, sha256);
    return true;
  }

  #lostFile({ name }: Upload, heard: Heard): true {
    this.faults.push(`${this.name}: ${name}: ${JSON.stringify(heard)}`);
    return true;
  }
}
