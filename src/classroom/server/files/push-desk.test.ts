/** A teacher's file to everybody in a room: one upload, one read, told receiver by receiver, and stopped. */
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, spyOn, test } from "bun:test";
import type { OpenFile } from "../../files/file-store.ts";
import { encodeChunk, encodeCredit } from "../../protocol/v2/chunk.ts";
import type { Control } from "../../protocol/v2/control.ts";
import { maxPushes } from "../limits.ts";
import { PeerClient } from "../peer/peer-client.test-support.ts";
import { startTestServer, TestClient, type TestServer } from "../session/test-client.test-support.ts";

let running: TestServer;
beforeEach(async () => {
  running = await startTestServer({ isQuick: true });
  transfer = -1;
});
afterEach(() => running.stop());

const content = Buffer.from(Array.from({ length: 700_000 }, (_, i) => (i * 31 + (i >> 8)) & 255));
const sha256 = createHash("sha256").update(content).digest("hex");
const parts = (): string[] => readdirSync(join(running.folder, "data/parts"));
const capabilities = ["files", "teach"];

async function student(name: string): Promise<PeerClient> {
  const client = await PeerClient.registered(running.port, name, { capabilities });
  await client.join();
  return client;
}

async function teacher(name: string): Promise<PeerClient> {
  const client = await student(name);
  client.send("redeem", { ask: 90, code: running.server.classroom.ports.codes.issue() });
  await client.expect("role");
  await client.expect("hands");
  return client;
}

let transfer = -1;
function offer(client: PeerClient, more: Partial<Control<"offer">> = {}): void {
  transfer += 2;
  client.send("offer", {
    tag: client.tag++,
    transfer,
    name: "notes.pdf",
    size: content.length,
    number: 1,
    ...more,
  });
}

/** The next with this header; how the files before it fare is passed over. */
async function behindNews(client: PeerClient, wanted: string): Promise<unknown> {
  for (;;) {
    const { header, content } = await client.next();
    if (header === wanted) return content;
    if (!["push", "ack", "notice", "presence"].includes(header))
      throw new Error(`expected ${wanted}, heard ${header}: ${JSON.stringify(content)}`);
  }
}

async function push(client: PeerClient): Promise<void> {
  offer(client);
  await behindNews(client, "accept");
  for (let at = 0; at < content.length; at += 200_000)
    client.connection.send(encodeChunk(transfer, at, content.subarray(at, at + 200_000)));
  client.send("end", { transfer, size: content.length, sha256 });
  expect(await behindNews(client, "received")).toMatchObject({ name: "notes.pdf", sha256 });
}

/** Takes what is offered. */
async function take(client: PeerClient): Promise<Control<"offer">> {
  const offered = (await client.expect("offer")) as Control<"offer">;
  const { transfer, size } = offered;
  client.send("accept", { transfer, offset: 0, upTo: size });
  const pieces: Buffer[] = [];
  for (let at = 0; at < size;) {
    const { data } = (await client.expect("chunk")) as { data: Buffer };
    pieces.push(data);
    at += data.length;
  }
  expect(Buffer.concat(pieces).equals(content)).toBe(true);
  const { sha256 } = (await client.expect("end")) as Control<"end">;
  client.send("received", { transfer, name: offered.name, sha256 });
  return offered;
}

/** What the teacher is told until it is so. */
async function told(
  client: PeerClient,
  isSo: (push: Control<"push">, rows: Map<string, string>) => boolean,
): Promise<{ push: Control<"push">; rows: Map<string, string> }> {
  const rows = new Map<string, string>();
  for (;;) {
    const { header, content } = await client.next();
    if (header !== "push") continue;
    const push = content as Control<"push">;
    for (const { name, state, text } of push.rows ?? [])
      rows.set(name, text === undefined ? state : `${state}: ${text}`);
    if (isSo(push, rows)) return { push, rows };
  }
}

async function cancelled(client: PeerClient): Promise<string> {
  const { code, text } = (await client.expect("cancel")) as Control<"cancel">;
  return `${code}: ${text}`;
}

test("goes up once and is read once, to both protocols, and the teacher sees who has it", async () => {
  const ann = await teacher("ann");
  const [bob, eve] = [await student("bob"), await student("eve")];
  const old = await TestClient.registered(running.port, "old");
  const { files } = running.server.classroom.ports;
  const blocks = new Set<number>();
  let blockReads = 0;
  const open = files.open.bind(files);
  const opening = spyOn(files, "open").mockImplementation(async (file): Promise<OpenFile> => {
    const opened = await open(file);
    const readAt = opened.readAt.bind(opened);
    opened.readAt = (views, position) => {
      blockReads++;
      blocks.add(position);
      return readAt(views, position);
    };
    return opened;
  });
  await push(ann);
  expect(await take(bob)).toMatchObject({ name: "notes.pdf", from: "ann", number: 1 });
  await take(eve);
  const { push: last, rows } = await told(ann, ({ over }) => over === true);
  expect(last).toMatchObject({
    file: "notes.pdf",
    size: content.length,
    room: "main",
    of: 3,
    done: 3,
    failed: 0,
  });
  expect(Object.fromEntries(rows)).toEqual({ bob: "done", eve: "done", old: "done" });
  // Once for the second protocol, however many they are; the first protocol reads for itself.
  expect(opening).toHaveBeenCalledTimes(2);
  expect(blockReads).toBe(blocks.size);
  expect((await old.frame())[1]).toContain("notes.pdf");
  expect(running.screen).toContain("ann sends 'notes.pdf' to 3 receivers in main.");
  expect(running.screen).toContain("File 'notes.pdf' of ann: 3 of 3 have it.");
  while (parts().length > 0) await Bun.sleep(5);
});

test("only those in the room get it, and who does not want it or leaves is told with the reason", async () => {
  const ann = await teacher("ann");
  const [bob, eve] = [await student("bob"), await student("eve")];
  for (const client of [ann, bob]) await client.join("physics");
  offer(ann, { number: 2 });
  await ann.expect("accept");
  for (let at = 0; at < content.length; at += 200_000)
    ann.connection.send(encodeChunk(transfer, at, content.subarray(at, at + 200_000)));
  ann.send("end", { transfer, size: content.length, sha256 });
  const offered = (await bob.expect("offer")) as Control<"offer">;
  bob.send("cancel", { transfer: offered.transfer, code: "refused", text: "No room here." });
  const { push: last, rows } = await told(ann, ({ over }) => over === true);
  expect(last).toMatchObject({ room: "physics", of: 1, done: 0, failed: 1 });
  expect(rows.get("bob")).toBe("failed: No room here");
  await eve.expectNothing();
});

test("is stopped: who has it keeps it, the others are told, and it is not sent twice", async () => {
  const ann = await teacher("ann");
  const [bob, eve] = [await student("bob"), await student("eve")];
  await push(ann);
  await take(bob);
  const { transfer: coming } = (await eve.expect("offer")) as Control<"offer">;
  eve.send("accept", { transfer: coming, offset: 0, upTo: 100_000 });
  const { push: under } = await told(ann, ({ done }, rows) => done === 1 && rows.get("eve") === "coming");
  ann.send("push", { ask: 5, do: "stop", push: under.push });
  expect(await ann.expect("done")).toEqual({
    ask: 5,
    text: "'notes.pdf' is not sent any further: 1 of 2 have it.",
  });
  for (;;) {
    const { header, content } = await eve.next();
    if (header !== "cancel") continue;
    expect(content).toEqual({ transfer: coming, code: "given-up", text: "It was stopped." });
    break;
  }
  const { rows } = await told(ann, ({ over }) => over === true);
  expect(rows.get("eve")).toBe("failed: It was stopped");
  eve.connection.send(encodeCredit({ transfer: coming, upTo: content.length }));
  await eve.expectNothing();
  ann.send("push", { ask: 6, do: "stop", push: under.push });
  expect(await ann.expect("error")).toMatchObject({ ask: 6, code: "refused" });
  while (parts().length > 0) await Bun.sleep(5);
});

test("a teacher who comes back sees all of it, and sends nothing again that is on its way", async () => {
  const ann = await teacher("ann");
  const bob = await student("bob");
  offer(ann);
  const { resume } = (await ann.expect("accept")) as Control<"accept">;
  for (let at = 0; at < content.length; at += 200_000)
    ann.connection.send(encodeChunk(transfer, at, content.subarray(at, at + 200_000)));
  ann.send("end", { transfer, size: content.length, sha256 });
  const offered = (await bob.expect("offer")) as Control<"offer">;
  ann.connection.destroy();
  const back = await PeerClient.greeted(running.port, { capabilities });
  await back.logIn({ name: "ann", password: "long enough" });
  const { push: seen } = await told(back, (_, rows) => rows.has("bob"));
  expect(seen).toMatchObject({ file: "notes.pdf", of: 1, done: 0 });
  // It did not hear that the server has all of it.
  offer(back, { transfer: 1, resume });
  expect(await back.expect("accept")).toMatchObject({ transfer: 1, offset: content.length });
  back.send("end", { transfer: 1, size: content.length, sha256 });
  await back.expect("received");
  bob.send("accept", { transfer: offered.transfer, offset: content.length, upTo: content.length });
  await bob.expect("end");
  bob.send("received", { transfer: offered.transfer, name: "notes.pdf", sha256 });
  expect((await told(back, ({ over }) => over === true)).push).toMatchObject({ done: 1, of: 1 });
  await bob.expectNothing();
});

test("what cannot be is told in one sentence before a byte is sent", async () => {
  const ann = await teacher("ann");
  offer(ann);
  expect(await cancelled(ann)).toBe("nobody: Nobody else is in 'main' now.");
  const bob = await student("bob");
  offer(bob);
  expect(await cancelled(bob)).toBe("teacher: Only a teacher sends a file to a whole room.");
  offer(ann, { number: 77 });
  expect(await cancelled(ann)).toBe("room: You are not in this room.");
  for (const more of [{ to: "bob" }, { folder: "f" }, { bank: "new" }] as const) {
    offer(ann, more);
    expect(await cancelled(ann)).toBe("refused: What goes to a room is one file.");
  }
  bob.send("push", { ask: 1, do: "stop", push: 1 });
  expect(await bob.expect("error")).toMatchObject({ ask: 1, code: "teacher" });
  ann.send("push", { ask: 1, push: 1 });
  expect(await ann.expect("error")).toMatchObject({ ask: 1, code: "malformed" });
  for (let i = 0; i < maxPushes; i++) await push(ann);
  offer(ann);
  for (;;) {
    const { header, content } = await ann.next();
    if (header !== "cancel") continue;
    expect(content).toMatchObject({ code: "limit", text: "8 files are on their way to rooms already." });
    break;
  }
});

test("more than may be at once, taken before they had come, go to nobody, and that is told", async () => {
  const ann = await teacher("ann");
  await student("bob");
  const numbers: number[] = [];
  for (let i = 0; i <= maxPushes; i++) {
    offer(ann, { size: 0 });
    numbers.push(transfer);
    await ann.expect("accept");
  }
  const nothing = createHash("sha256").digest("hex");
  for (const each of numbers) ann.send("end", { transfer: each, size: 0, sha256: nothing });
  for (;;) {
    const { header, content } = await ann.next();
    if (header !== "notice") continue;
    expect(content).toEqual({
      text: "8 files are on their way to rooms already, so nobody got 'notes.pdf'.",
    });
    break;
  }
});

async function loseInTheMiddle(receiver: PeerClient): Promise<void> {
  const { transfer: coming } = (await receiver.expect("offer")) as Control<"offer">;
  receiver.send("accept", { transfer: coming, offset: 0, upTo: 100_000 });
  await receiver.expect("chunk");
  receiver.connection.destroy();
}

test("a receiver whose connection is lost in the middle is waited for, and goes on", async () => {
  const ann = await teacher("ann");
  const bob = await student("bob");
  await push(ann);
  await loseInTheMiddle(bob);
  await told(ann, (_, rows) => rows.get("bob") === "away");
  const back = await PeerClient.greeted(running.port, { capabilities });
  await back.logIn({ name: "bob", password: "long enough" });
  const again = (await back.expect("offer")) as Control<"offer">;
  expect(again).toMatchObject({ name: "notes.pdf", number: 1 });
  back.send("accept", { transfer: again.transfer, offset: content.length, upTo: content.length });
  await back.expect("end");
  back.send("received", { transfer: again.transfer, name: "notes.pdf", sha256 });
  const { rows } = await told(ann, ({ over }) => over === true);
  expect(rows.get("bob")).toBe("done");
});

test("who is lost is not waited for any more once it is stopped", async () => {
  const ann = await teacher("ann");
  const bob = await student("bob");
  await push(ann);
  await loseInTheMiddle(bob);
  const { push: under } = await told(ann, (_, rows) => rows.get("bob") === "away");
  ann.send("push", { ask: 5, do: "stop", push: under.push });
  const { rows } = await told(ann, ({ over }) => over === true);
  expect(rows.get("bob")).toBe("failed: it was stopped");
});
