/**
 * Raw files of the first protocol between the built executable and clients that read as the original does, byte
 * for byte, while the rest of the class chats.
 */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startServer, type RunningServer } from "./executable.test-support.ts";
import { OldClient } from "./old-client.test-support.ts";

let server: RunningServer;
let sender: OldClient;
let receiver: OldClient;
let chatter: OldClient;
let chatting: Timer;
let chats = 0;

beforeAll(async () => {
  server = await startServer();
  sender = await OldClient.registered(server.port, "sender");
  receiver = await OldClient.registered(server.port, "receiver");
  chatter = await OldClient.registered(server.port, "chatter");
  mkdirSync(join(server.folder, "out"));
  chatting = setInterval(() => chatter.type(`msg:chat ${chats++}`), 20);
});
afterAll(async () => {
  clearInterval(chatting);
  for (const client of [sender, receiver, chatter]) client.close();
  await server.stop();
});

const sizes = [0, 1, 511, 512, 513, 1021, 1022, 1023, 1024, 2046, 2047, 3_000_000];

/** Bytes without a pattern of 1,024, and never `EOF`. */
function content(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  let state = size + 1;
  for (let i = 0; i < size; i++) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    bytes[i] = state >> 16 === 0x45 ? 0 : (state >> 16) & 255;
  }
  return bytes;
}

/** `EOF` inside, and not at the end of a chunk of 1,024. */
const withMark = Buffer.concat([
  content(700),
  Buffer.from("EOF"),
  content(2_000),
  Buffer.from("EOF and more"),
]);

const files: [string, Buffer][] = [
  ...sizes.map((size): [string, Buffer] => [`${size}.bin`, content(size)]),
  ["mark.bin", withMark],
];

/** What one client was told in the meantime, chat included. */
async function until(client: OldClient, text: string): Promise<void> {
  for (;;) {
    const event = await client.next();
    if (event.kind === "frame" && event.payload === text) return;
  }
}

describe("uploads", () => {
  for (const [name, bytes] of files)
    test(`of ${name}`, async () => {
      writeFileSync(join(sender.folder, name), bytes);
      sender.type(`file_transfer:file_to_server:${name}`);
      await until(sender, `Server: File '${name}' uploaded by sender\n`);
      expect(readFileSync(join(server.folder, "pcs-data/files/sender", name)).equals(bytes)).toBe(true);
    });
});

describe("from a person to a person", () => {
  for (const [name, bytes] of files)
    test(`of ${name}`, async () => {
      writeFileSync(join(sender.folder, name), bytes);
      sender.type(`file_transfer:file_to:receiver:${name}`);
      const got = await receiver.file();
      expect(got.file).toBe(name);
      expect(got.bytes.equals(bytes)).toBe(true);
      await until(sender, `Server: File '${name}' sent to receiver\n`);
    });
});

describe("pushed by the operator", () => {
  for (const [name, bytes] of files)
    test(`of ${name}`, async () => {
      writeFileSync(join(server.folder, "out", name), bytes);
      server.console.type(`send_file:receiver:out:${name}`);
      const got = await receiver.file();
      expect(got.file).toBe(name);
      expect(got.bytes.equals(bytes)).toBe(true);
      await until(receiver, `Server: File '${name}' sent to receiver\n`);
    });
});

test("the chat ran meanwhile: every line of it reached everybody, once and in order", async () => {
  clearInterval(chatting);
  chatter.type("msg:the end");
  expect(chats).toBeGreaterThan(50);
  const lines = Array.from({ length: chats }, (_, i) => `Client chatter: chat ${i}\n`);
  for (const client of [sender, receiver]) {
    await until(client, "Client chatter: the end\n");
    expect(client.heard.filter((line) => line.startsWith("Client chatter: chat"))).toEqual(lines);
  }
  expect(readdirSync(join(server.folder, "pcs-data/tmp"))).toEqual([]);
});
