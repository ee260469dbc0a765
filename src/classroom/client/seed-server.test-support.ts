/**
 * A server that behaves as the course's original does on the wire: it counts characters in lengths, ends file
 * notices with a line feed, tells its news also to those who are not in yet, looks for `EOF` only at the end of
 * what one `recv(1024)` gave it, and puts the mark at the end of a write of its own.
 */
import { createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";

export interface SeenFrame {
  header: string;
  payload: string;
}

const greeting = "Are you already registered? (yes/no):";

export class SeedServer {
  /** Every frame of every client, in order. */
  seen: SeenFrame[] = [];
  /** Files that were uploaded, the last of each name. */
  uploads = new Map<string, Buffer>();
  users = new Map<string, string>();
  greeting = greeting;
  #server: Server;
  #clients = new Set<SeedClient>();

  private constructor() {
    this.#server = createServer((socket) => void this.#serve(new SeedClient(socket)));
  }

  static async start(host = "127.0.0.1", port = 0): Promise<SeedServer> {
    const server = new SeedServer();
    await new Promise<void>((resolve) => server.#server.listen(port, host, resolve));
    return server;
  }

  get port(): number {
    const address = this.#server.address();
    return isAddress(address) ? address.port : 0;
  }

  /** Payloads seen with this header. */
  seenWith(header: string): string[] {
    return this.seen.filter((frame) => frame.header === header).map((frame) => frame.payload);
  }

  broadcast(header: string, payload: string, except?: SeedClient): void {
    for (const client of this.#clients) if (client !== except) client.send(header, payload);
  }

  /** The operator's push, to everybody. */
  push(name: string, content: Uint8Array): Promise<void> {
    return this.sendFile(`file from server:${name}\n`, content);
  }

  async sendFile(notice: string, content: Uint8Array): Promise<void> {
    for (const client of this.#clients) {
      client.send("file_transfer", notice);
      // The last bytes and the mark in one write of their own, so that one recv ends with it.
      const tail = content.subarray(Math.max(0, content.length - 400));
      client.write(content.subarray(0, content.length - tail.length));
      await Bun.sleep(20);
      client.write(Buffer.concat([tail, Buffer.from("EOF")]));
      await Bun.sleep(20);
      client.send("info", `Server: File sent to ${client.name}\n`);
    }
  }

  /** Raw bytes to everybody, whatever they mean. */
  write(bytes: Uint8Array): void {
    for (const client of this.#clients) client.write(bytes);
  }

  drop(): void {
    for (const client of this.#clients) client.socket.destroy();
  }

  shutDown(): void {
    this.broadcast("info", "Server is shutting down.\n");
    for (const client of this.#clients) client.socket.end();
  }

  /** Nobody can connect any more. */
  async close(): Promise<void> {
    this.drop();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #serve(client: SeedClient): Promise<void> {
    this.#clients.add(client);
    try {
      client.send("info", this.greeting);
      if (await this.#logIn(client)) await this.#talk(client);
    } catch {
      // The client is gone.
    } finally {
      this.#clients.delete(client);
      client.socket.end();
      if (client.name !== "") this.broadcast("info", `Server: Client ${client.name} left the server.\n`);
    }
  }

  async #next(client: SeedClient): Promise<SeenFrame> {
    const frame = await client.receive();
    this.seen.push(frame);
    return frame;
  }

  async #logIn(client: SeedClient): Promise<boolean> {
    const response = (await this.#next(client)).payload.toLowerCase();
    if (response === "no") {
      let name = (await this.#next(client)).payload;
      while (this.users.has(name)) {
        client.send("info", "Username already exists. Please choose another: ");
        name = (await this.#next(client)).payload;
      }
      client.send("info", "Username registered successfully.");
      this.users.set(name, (await this.#next(client)).payload);
      client.name = name;
    } else if (response === "yes") {
      const name = (await this.#next(client)).payload;
      const password = (await this.#next(client)).payload;
      if (this.users.get(name) !== password) {
        client.send("info", "Invalid username or password.");
        return false;
      }
      client.name = name;
    } else {
      client.send("info", "Invalid response.");
      return false;
    }
    client.send("info", "Server: You joined the server.\n");
    this.broadcast("info", `Server: Client ${client.name} joined the server.\n`, client);
    return true;
  }

  async #talk(client: SeedClient): Promise<void> {
    for (;;) {
      const { header, payload } = await this.#next(client);
      if (header === "cmd" && payload === "disconnect") return;
      if (header === "msg") this.broadcast("msg", `Client ${client.name}: ${payload}\n`, client);
      else if (header === "to") this.#sendPrivate(client, payload);
      else if (header === "file_transfer") await this.#receiveFile(client, payload);
      else if (header !== "info" && header !== "quiz_answer")
        client.send("error", "Server: Invalid message format. Please adhere to the message protocol.\n");
    }
  }

  #sendPrivate(from: SeedClient, payload: string): void {
    const [name, text] = payload.split(":", 2);
    for (const client of this.#clients)
      if (client.name === name) client.send("info", `${from.name} (private): ${text}\n`);
  }

  async #receiveFile(client: SeedClient, payload: string): Promise<void> {
    const file = payload.split(":").at(-1)!;
    const chunks: Buffer[] = [];
    for (;;) {
      const chunk = await client.recv(1024);
      chunks.push(chunk);
      if (chunk.subarray(-3).toString("latin1") === "EOF") break;
    }
    this.uploads.set(file, Buffer.concat(chunks).subarray(0, -3));
    this.broadcast("info", `Server: File '${file}' uploaded by ${client.name}\n`);
  }
}

class SeedClient {
  name = "";
  readonly socket: Socket;
  #bytes = Buffer.alloc(0);
  #ended = false;
  #wake: (() => void) | undefined;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on("data", (chunk: Buffer) => {
      this.#bytes = Buffer.concat([this.#bytes, chunk]);
      this.#wake?.();
    });
    const end = (): void => {
      this.#ended = true;
      this.#wake?.();
    };
    socket.on("close", end);
    socket.on("end", end);
    socket.on("error", end);
  }

  /** A length counts characters, as the original does it. */
  send(header: string, payload: string): void {
    const frame = Buffer.alloc(6 + header.length + Buffer.byteLength(payload));
    frame.writeUInt16BE(header.length, 0);
    frame.write(header, 2);
    frame.writeUInt32BE(Array.from(payload).length, 2 + header.length);
    frame.write(payload, 6 + header.length);
    this.write(frame);
  }

  write(bytes: Uint8Array): void {
    if (!this.#ended) this.socket.write(bytes);
  }

  /** What is there, but no more than `most` bytes; waits for the first. */
  async recv(most: number): Promise<Buffer> {
    while (this.#bytes.length === 0) {
      if (this.#ended) throw new Error("gone");
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    const taken = this.#bytes.subarray(0, most);
    this.#bytes = this.#bytes.subarray(taken.length);
    return taken;
  }

  async receive(): Promise<SeenFrame> {
    const header = await this.#exactly((await this.#exactly(2)).readUInt16BE(0));
    const payload = await this.#exactly((await this.#exactly(4)).readUInt32BE(0));
    return { header: header.toString(), payload: payload.toString() };
  }

  async #exactly(length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let left = length; left > 0;) {
      const part = await this.recv(left);
      parts.push(part);
      left -= part.length;
    }
    return Buffer.concat(parts);
  }
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === "object" && address !== null;
}
