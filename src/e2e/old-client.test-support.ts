/**
 * An original client as the course has it: lengths in characters, one `sendall` a chunk of 1,024 bytes, `EOF` right
 * behind a file, and the reader of `old-client-reader.ts`. It is driven by the lines that a student types.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closeSocket, connectTo, sendAll } from "./libc.test-support.ts";
import type { OldClientEvent } from "./old-client-reader.ts";

export class OldClient {
  /** The folder it runs in: files it sends are read from here, files it gets are written here. */
  readonly folder = mkdtempSync(join(tmpdir(), "pcs-old-client-"));
  /** The payload of every frame it has heard. */
  readonly heard: string[] = [];
  #fd: number;
  #reader = new Worker(new URL("./old-client-reader.ts", import.meta.url));
  #events: OldClientEvent[] = [];
  #wake = (): void => {};

  constructor(port: number) {
    this.#fd = connectTo(port);
    this.#reader.addEventListener("message", (event: MessageEvent<OldClientEvent>) => {
      this.#events.push(event.data);
      if (event.data.kind === "frame") this.heard.push(event.data.payload);
      this.#wake();
    });
    this.#reader.postMessage({ fd: this.#fd, folder: this.folder });
  }

  static async registered(port: number, name: string, password = "pw1"): Promise<OldClient> {
    const client = new OldClient(port);
    await client.frame("info", "Are you already registered? (yes/no):");
    client.send("info", "no");
    client.send("info", name);
    await client.frame("info", "Username registered successfully.");
    client.send("info", password);
    await client.frame("info", "Server: You joined the server.\n");
    return client;
  }

  /** A line as the student types it: header, first `:`, payload. */
  type(line: string): void {
    const at = line.indexOf(":");
    const [header, payload] = [line.slice(0, at), line.slice(at + 1)];
    this.send(header, payload);
    if (header === "file_transfer") this.#sendFile(payload.split(":").at(-1)!);
  }

  send(header: string, payload: string): void {
    const lengths = Buffer.alloc(6);
    lengths.writeUInt16BE(header.length, 0);
    lengths.writeUInt32BE([...payload].length, 2);
    const parts = [lengths.subarray(0, 2), Buffer.from(header), lengths.subarray(2), Buffer.from(payload)];
    sendAll(this.#fd, Buffer.concat(parts));
  }

  /** The next thing it hears. */
  async next(timeoutMs = 15_000): Promise<OldClientEvent> {
    const deadline = Date.now() + timeoutMs;
    while (this.#events.length === 0) {
      if (Date.now() > deadline) throw new Error("the old client heard nothing");
      await Promise.race([new Promise<void>((resolve) => (this.#wake = resolve)), Bun.sleep(100)]);
    }
    return this.#events.shift()!;
  }

  /** Waits for exactly this frame. */
  async frame(header: string, payload: string): Promise<void> {
    const event = await this.next();
    if (event.kind !== "frame" || event.header !== header || event.payload !== payload)
      throw new Error(`expected ${header} | ${payload}, heard ${JSON.stringify(event)}`);
  }

  /** Waits for a file and gives its bytes; frames before it are given to `other`. */
  async file(other: (frame: OldClientEvent) => void = () => {}): Promise<{ file: string; bytes: Buffer }> {
    for (;;) {
      const event = await this.next();
      if (event.kind === "file")
        return { file: event.file, bytes: readFileSync(join(this.folder, event.file)) };
      other(event);
    }
  }

  close(): void {
    closeSocket(this.#fd);
    this.#reader.terminate();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** As the original: chunk by chunk, and it stops where a chunk itself ends in the mark. */
  #sendFile(name: string): void {
    const bytes = readFileSync(join(this.folder, name));
    for (let at = 0; at < bytes.length; at += 1024) {
      const chunk = bytes.subarray(at, at + 1024);
      sendAll(this.#fd, chunk);
      if (chunk.subarray(-3).toString("latin1") === "EOF") break;
    }
    sendAll(this.#fd, Buffer.from("EOF"));
  }
}
