/** A file of every student: asked for, handed in, kept with a receipt, in both protocols and over a restart. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "bun:test";
import { DiskCollections } from "../../../store/disk/disk-collections.ts";
import { encodeChunk } from "../../protocol/v2/chunk.ts";
import type { Control } from "../../protocol/v2/control.ts";
import { maxAskedAtOnce, maxAskedRemembered, maxReceiptsAtOnce } from "../limits.ts";
import { PeerClient } from "../peer/peer-client.test-support.ts";
import { startTestServer, TestClient, type TestServer } from "../session/test-client.test-support.ts";

const timeMs = Date.UTC(2026, 10, 30, 10, 5, 12);
let running: TestServer;
beforeEach(async () => {
  running = await startTestServer({ ports: { wallClock: () => timeMs } });
});
afterEach(() => running.stop());

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const kept = (path: string): string => readFileSync(join(running.folder, "data/collected", path), "utf8");

function enter(name: string): Promise<PeerClient> {
  return PeerClient.registered(running.port, name);
}

let transfer = -1;
async function handIn(client: PeerClient, number: number, name: string, text: string): Promise<void> {
  transfer += 2;
  const size = text.length;
  client.send("offer", { tag: client.tag++, transfer, name, size, collect: number });
  await client.expect("accept");
  client.connection.send(encodeChunk(transfer, 0, Buffer.from(text)));
  client.send("end", { transfer, size, sha256: sha256(text) });
}

test("everybody is asked, each file is kept with its receipt, a second one beside the first", async () => {
  const ann = await enter("ann");
  await running.operator.type("/collect hw1");
  expect(running.screen.at(-1)).toBe("'hw1' is being collected: 1 student asked, others when they come in.");
  const { number = 0, name, open } = (await ann.expect("collect")) as Control<"collect">;
  expect([name, open]).toEqual(["hw1", true]);
  for (const text of ["first", "second"]) {
    await handIn(ann, number, "essay.txt", text);
    expect(await ann.expect("receipt")).toEqual({
      number,
      name: "hw1",
      receipt: { file: "essay.txt", bytes: text.length, sha256: sha256(text), timeMs },
    });
    expect(await ann.expect("received")).toMatchObject({ name: "essay.txt" });
  }
  expect([kept("hw1/ann/essay.txt"), kept("hw1/ann/essay (1).txt")]).toEqual(["second", "first"]);
  expect(kept("hw1/receipts.csv").split("\n")).toEqual([
    "student,file,bytes,sha256,time",
    `ann,essay.txt,5,${sha256("first")},2026-11-30T10:05:12.000Z`,
    `ann,essay.txt,6,${sha256("second")},2026-11-30T10:05:12.000Z`,
    "",
  ]);
  expect(existsSync(join(running.folder, "data/files/ann"))).toBe(false);
  await enter("bob");
  await running.operator.type("/collect list hw1");
  expect(running.screen.at(-1)).toBe(
    `'hw1': 1 student handed in.\n  ann: 'essay.txt', 6 bytes, at 2026-11-30 10:05:12 UTC, SHA-256 ${sha256("second")}.\nNot yet: bob.`,
  );
});

test("who comes in late is asked, who comes back sees the receipt, after a new start, too", async () => {
  await running.operator.type("/collect hw1");
  const ann = await enter("ann");
  const { number = 0, receipt } = (await ann.expect("collect")) as Control<"collect">;
  expect(receipt).toBeUndefined();
  await handIn(ann, number, "a.txt", "x");
  await ann.expect("receipt");
  await ann.expect("received");
  ann.connection.destroy();
  const path = join(running.folder, "data");
  const again = new DiskCollections(join(path, "collected"), join(path, "tmp"));
  expect(again.open().collections).toEqual([{ number, name: "hw1" }]);
  const back = await PeerClient.greeted(running.port);
  await back.logIn({ name: "ann", password: "long enough" });
  expect(await back.expect("collect")).toMatchObject({ open: true, receipt: { file: "a.txt" } });
  await running.operator.type("/collect end hw1");
  expect(running.screen.at(-1)).toBe("'hw1' is not collected any more: 1 student handed in.");
  expect(await back.expect("collect")).toEqual({ number, name: "hw1", open: false });
  back.send("offer", { tag: back.tag++, transfer: 1001, name: "late.txt", size: 1, collect: number });
  expect(await back.expect("cancel")).toMatchObject({
    code: "closed",
    text: "This is not collected any more.",
  });
  expect(again.open()).toEqual({ collections: [], lastNumber: number });
});

test("the first protocol hands in by the name of the file", async () => {
  const old = await TestClient.registered(running.port, "old");
  await running.operator.type("/collect hw1");
  expect((await old.frame())[1]).toContain("'hw1' is asked of you: send the server a file whose name begins");
  old.send("file_transfer", "file_to_server:HW1-old.txt");
  old.raw(Buffer.from("wordsEOF"));
  expect((await old.frame())[1]).toContain("Receipt for 'hw1': old: 'HW1-old.txt', 5 bytes");
  expect(kept("hw1/old/HW1-old.txt")).toBe("words");
  old.send("file_transfer", "file_to_server:hw10.txt");
  old.raw(Buffer.from("wordsEOF"));
  expect((await old.frame())[1]).toContain("File 'hw10.txt' uploaded by old");
});

test("what cannot be is told in one sentence", async () => {
  const ann = await enter("ann");
  for (const [line, told] of [
    ["/collect", "Nothing is being collected."],
    ["/collect end hw1", "No 'hw1' is being collected."],
    ["/collect ../x", "A collection's name cannot hold any of : , \" ' / \\"],
  ] as const) {
    await running.operator.type(line);
    expect(running.screen.at(-1)).toBe(told);
  }
  await running.operator.type("/collect hw1");
  await running.operator.type("/collect HW1");
  expect(running.screen.at(-1)).toBe("'HW1' is being collected already.");
  const { number = 0 } = (await ann.expect("collect")) as Control<"collect">;
  ann.send("offer", { tag: ann.tag++, transfer: 501, name: "a", size: 1, collect: number, folder: "f" });
  expect(await ann.expect("cancel")).toMatchObject({ code: "refused" });
  ann.send("collect", { ask: 9, do: "begin", name: "hw2" });
  expect(await ann.expect("error")).toMatchObject({ code: "teacher", ask: 9 });
});

async function teacher(name: string): Promise<PeerClient> {
  const client = await PeerClient.registered(running.port, name, { capabilities: ["files", "teach"] });
  client.send("redeem", { ask: 90, code: running.server.classroom.ports.codes.issue() });
  for (let heard = await client.next(); heard.header !== "hands"; heard = await client.next());
  return client;
}

/** What a teacher hears of hand-ins, put together. */
async function handins(
  client: PeerClient,
  isSo: (asked: Set<string>, receipts: Map<string, string>, open: boolean) => boolean,
): Promise<void> {
  const asked = new Set<string>();
  const receipts = new Map<string, string>();
  for (;;) {
    const { header, content } = await client.next();
    if (header !== "handins") continue;
    const told = content as Control<"handins">;
    for (const name of told.asked ?? []) asked.add(name);
    for (const { student, file } of told.receipts ?? []) receipts.set(student, file);
    if (isSo(asked, receipts, told.open)) return;
  }
}

test("teachers see who was asked, who has handed in, and the end; who comes in later sees all of it", async () => {
  const [ann, bob, eve] = [await teacher("ann"), await enter("bob"), await enter("eve")];
  ann.send("collect", { ask: 1, do: "begin", name: "hw1" });
  await handins(ann, (asked, receipts) => asked.has("bob") && asked.has("eve") && receipts.size === 0);
  const { number = 0 } = (await bob.expect("collect")) as Control<"collect">;
  eve.connection.destroy();
  await handIn(bob, number, "essay.txt", "first");
  await handins(ann, (_, receipts) => receipts.get("bob") === "essay.txt");
  // Who has left is missing all the same.
  const ben = await teacher("ben");
  await handins(
    ben,
    (asked, receipts) => asked.has("eve") && !asked.has("ben") && receipts.get("bob") === "essay.txt",
  );
  ann.send("collect", { ask: 2, do: "end", name: "hw1" });
  await handins(ben, (_asked, _receipts, open) => !open);
  const zoe = await teacher("zoe");
  // Nothing is told of what has ended.
  zoe.send("collect", { ask: 3, do: "list", name: "" });
  expect(await zoe.expect("done")).toEqual({ ask: 3, text: "Nothing is being collected." });
});

test("many who come in at once are told together, in frames that fit", async () => {
  const ann = await teacher("ann");
  const { collects } = running.server.classroom;
  await collects.begin("hw1");
  await handins(ann, () => true);
  const open = collects.find(1)!;
  const quotes = `${'"'.repeat(200)}.txt`;
  for (let i = 0; i < maxAskedRemembered + 7; i++) {
    const student = `${"\u{1f600}".repeat(28)}${i}`;
    collects.board.asked(open, student);
    if (i < 500)
      collects.board.handedIn(open, { student, file: quotes, bytes: 1, sha256: sha256(""), timeMs });
  }
  let frames = 0;
  await handins(ann, (asked, receipts) => {
    frames++;
    return asked.size === maxAskedRemembered && receipts.size === 500;
  });
  expect(frames).toBe(maxAskedRemembered / maxAskedAtOnce + Math.ceil(500 / maxReceiptsAtOnce));
  expect(open.askedBeyond).toBe(7);
  expect(running.faults).toEqual([]);
});
