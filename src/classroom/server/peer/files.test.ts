/** Files and quizzes in the second protocol, and from one protocol to the other. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { encodeChunk, encodeCredit } from "../../protocol/v2/chunk.ts";
import type { Control } from "../../protocol/v2/control.ts";
import { PeerClient } from "./peer-client.test-support.ts";
import { startTestServer, TestClient, type TestServer } from "../session/test-client.test-support.ts";

let running: TestServer;
beforeEach(async () => {
  running = await startTestServer();
});
afterEach(() => running.stop());

const content = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 31 + (i >> 8)) & 255));
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const kept = (person: string, file: string): Buffer =>
  readFileSync(join(running.folder, "data/files", person, file));
const parts = (): string[] => readdirSync(join(running.folder, "data/parts"));

async function enter(name: string): Promise<PeerClient> {
  const client = await PeerClient.registered(running.port, name);
  await client.join();
  return client;
}

async function offer(client: PeerClient, more: Partial<Control<"offer">> = {}): Promise<Control<"accept">> {
  client.send("offer", { tag: client.tag++, transfer: 1, name: "a.bin", size: content.length, ...more });
  return (await client.expect("accept")) as Control<"accept">;
}

function sendFrom(client: PeerClient, transfer: number, from: number, to = content.length): void {
  for (let at = from; at < to; at += 50_000)
    client.connection.send(encodeChunk(transfer, at, content.subarray(at, Math.min(to, at + 50_000))));
}

const end = (transfer = 1): Control<"end"> => ({ transfer, size: content.length, sha256: sha256(content) });

async function cancelled(client: PeerClient): Promise<string> {
  return ((await client.expect("cancel")) as { code: string }).code;
}

/** Accepts the next offer. */
async function accept(client: PeerClient, offset = 0): Promise<Control<"offer">> {
  const offered = (await client.expect("offer")) as Control<"offer">;
  const { transfer, size } = offered;
  client.send("accept", { transfer, offset, upTo: Math.min(size, offset + 100_000) });
  return offered;
}

/** Takes what is offered, as a client does. */
async function take(client: PeerClient, offset = 0): Promise<{ offer: Control<"offer">; bytes: Buffer }> {
  return taken(client, await accept(client, offset), offset);
}

/** Takes what was accepted. */
async function taken(
  client: PeerClient,
  offered: Control<"offer">,
  offset = 0,
): Promise<{ offer: Control<"offer">; bytes: Buffer }> {
  const { transfer, size } = offered;
  const pieces: Buffer[] = [];
  for (let at = offset; at < size;) {
    const chunk = (await client.expect("chunk")) as { offset: number; data: Buffer };
    expect(chunk.offset).toBe(at);
    pieces.push(chunk.data);
    at += chunk.data.length;
    client.connection.send(encodeCredit({ transfer, upTo: at + 100_000 }));
  }
  const { sha256 } = (await client.expect("end")) as Control<"end">;
  client.send("received", { transfer, name: offered.name, sha256 });
  return { offer: offered, bytes: Buffer.concat(pieces) };
}

describe("to the server", () => {
  test("is kept, told to all, and received when it is on disk", async () => {
    const ann = await enter("ann");
    const old = await TestClient.registered(running.port, "old");
    const { offset, upTo } = await offer(ann);
    expect([offset, upTo]).toEqual([0, content.length]);
    sendFrom(ann, 1, 0);
    ann.send("end", end());
    expect(await ann.expect("received")).toEqual({ transfer: 1, name: "a.bin", sha256: sha256(content) });
    expect(kept("ann", "a.bin").equals(content)).toBe(true);
    await old.expect("info", "Server: File 'a.bin' uploaded by ann\n");
    expect(await ann.expect("notice")).toEqual({ text: "File 'a.bin' uploaded by ann" });
    while (parts().length > 0) await Bun.sleep(5);
  });

  test("an empty file, and a name with folders in it", async () => {
    const ann = await enter("ann");
    await offer(ann, { size: 0, name: "../../b.txt" });
    ann.send("end", { transfer: 1, size: 0, sha256: sha256(Buffer.alloc(0)) });
    expect(await ann.expect("received")).toMatchObject({ name: "b.txt" });
    expect(kept("ann", "b.txt").length).toBe(0);
  });

  test("chat goes on meanwhile", async () => {
    const [ann, bob] = [await enter("ann"), await enter("bob")];
    await offer(ann);
    sendFrom(ann, 1, 0, 100_000);
    ann.say("in the middle");
    expect(await bob.expect("m")).toMatchObject({ text: "in the middle" });
    sendFrom(ann, 1, 100_000);
    ann.send("end", end());
    await ann.expect("received");
  });
});

describe("what is wrong ends the transfer, and no more than that", () => {
  const rows: [string, (client: PeerClient) => void, string][] = [
    ["a gap", (client) => sendFrom(client, 1, 50_000), "gap"],
    ["more than the size", (client) => client.connection.send(encodeChunk(1, 0, Buffer.alloc(10))), "size"],
    [
      "an end too early",
      (client) => client.send("end", { transfer: 1, size: 5, sha256: "0".repeat(64) }),
      "size",
    ],
    [
      "another hash",
      (client) => {
        client.connection.send(encodeChunk(1, 0, Buffer.alloc(5)));
        client.send("end", { transfer: 1, size: 5, sha256: "0".repeat(64) });
      },
      "hash",
    ],
  ];
  for (const [what, send, code] of rows)
    test(what, async () => {
      const ann = await enter("ann");
      await offer(ann, { size: 5 });
      send(ann);
      expect(await cancelled(ann)).toBe(code);
      // What is still on its way is passed over.
      ann.connection.send(encodeChunk(1, 0, Buffer.alloc(5)));
      ann.raw("ping", "x");
      await ann.expect("pong");
      while (parts().length > 0) await Bun.sleep(5);
      expect(existsSync(join(running.folder, "data/files/ann/a.bin"))).toBe(false);
    });

  test("credit overdrawn, and chunks that were never offered or not accepted yet", async () => {
    const ann = await enter("ann");
    const size = 50 << 20;
    // A disk that takes nothing, so that there is never more credit.
    const { parts: store } = running.server.classroom.ports;
    const begin = store.begin.bind(store);
    store.begin = async (info) => {
      const part = await begin(info);
      Object.defineProperty(part.file, "pendingBytes", { value: size, writable: true });
      return part;
    };
    const { upTo } = await offer(ann, { size });
    expect(upTo).toBe(0);
    const piece = Buffer.alloc(1000);
    ann.connection.send(encodeChunk(1, 0, piece));
    expect(await cancelled(ann)).toBe("credit");
    store.begin = begin;
    ann.connection.send(encodeChunk(9, 0, piece));
    expect(await cancelled(ann)).toBe("unknown");
    ann.send("offer", { tag: ann.tag++, transfer: 11, name: "b", size });
    ann.connection.send(encodeChunk(11, 0, piece));
    expect(await cancelled(ann)).toBe("credit");
  });

  test("offers that cannot be", async () => {
    const ann = await enter("ann");
    const wrong: [Partial<Control<"offer">>, string][] = [
      [{ transfer: 2 }, "malformed"],
      [{ transfer: 1, name: ".." }, "refused"],
      [{ transfer: 1 }, "malformed"],
      [{ transfer: 3, size: Number.MAX_SAFE_INTEGER }, "quota"],
      [{ transfer: 5, to: "nobody" }, "nobody"],
      [{ transfer: 7, number: 1 }, "teacher"],
    ];
    for (const [more, code] of wrong) {
      ann.send("offer", { tag: ann.tag++, transfer: 1, name: "a.bin", size: 5, ...more });
      expect([more, await cancelled(ann)]).toEqual([more, code]);
    }
    for (let i = 0; i < 33; i++)
      ann.send("offer", { tag: ann.tag++, transfer: 9 + 2 * i, name: "a.bin", size: 5 });
    for (let accepted = 0; accepted < 32;) if ((await ann.next()).header === "accept") accepted++;
    expect(running.server.classroom.counters.refusedFiles).toBe(7);
  });
});

async function half(): Promise<string> {
  const ann = await enter("ann");
  const { resume } = await offer(ann);
  sendFrom(ann, 1, 0, 150_000);
  ann.raw("ping", "x");
  await ann.expect("pong");
  ann.connection.destroy();
  while (running.server.classroom.memberCount > 0) await Bun.sleep(5);
  return resume!;
}

async function comeBack(name: string): Promise<PeerClient> {
  const client = await PeerClient.greeted(running.port);
  await client.logIn({ name, password: "long enough" });
  return client;
}

describe("resume", () => {
  test("goes on where it was, and the hash is of all of it", async () => {
    const resume = await half();
    const ann = await comeBack("ann");
    let accept: Control<"accept">;
    for (let transfer = 1; ; transfer += 2) {
      accept = await offer(ann, { transfer, resume });
      if (accept.offset > 0) break;
      // The disk was not ready with what came before: then it begins anew.
      ann.send("cancel", { transfer, code: "test" });
    }
    expect(accept.offset).toBe(150_000);
    sendFrom(ann, accept.transfer, accept.offset);
    ann.send("end", end(accept.transfer));
    await ann.expect("received");
    expect(kept("ann", "a.bin").equals(content)).toBe(true);
  });

  test("a file that was kept before its sender heard of it is not kept twice", async () => {
    const ann = await enter("ann");
    const { resume } = await offer(ann);
    sendFrom(ann, 1, 0);
    ann.send("end", end());
    await ann.expect("received");
    ann.connection.destroy();
    const again = await comeBack("ann");
    const { offset, upTo } = await offer(again, { resume });
    expect([offset, upTo]).toEqual([content.length, content.length]);
    again.send("end", { ...end(), sha256: sha256(Buffer.from("another")) });
    expect(await again.expect("cancel")).toMatchObject({ code: "hash" });
    expect((await offer(again, { transfer: 3, resume })).offset).toBe(content.length);
    again.send("end", end(3));
    expect(await again.expect("received")).toMatchObject({ name: "a.bin", sha256: sha256(content) });
    expect(readdirSync(join(running.folder, "data/files/ann"))).toEqual(["a.bin"]);
    expect((await offer(again, { transfer: 5, resume, name: "b.bin" })).offset).toBe(0);
  });

  test("what is somebody else's, or another file, begins anew", async () => {
    const resume = await half();
    const eve = await PeerClient.registered(running.port, "eve");
    expect((await offer(eve, { resume })).offset).toBe(0);
    const ann = await comeBack("ann");
    expect((await offer(ann, { resume, name: "b.bin" })).offset).toBe(0);
    expect((await offer(ann, { transfer: 3, resume, size: content.length + 1 })).offset).toBe(0);
  });
});

describe("to a person", () => {
  test("of either protocol, from either", async () => {
    const [ann, bob] = [await enter("ann"), await enter("bob")];
    const old = await TestClient.registered(running.port, "old");
    const [, offered] = await Promise.all([offer(ann, { to: "BOB" }), accept(bob)]);
    expect(offered).toMatchObject({ from: "ann", name: "a.bin", size: content.length });
    sendFrom(ann, 1, 0);
    ann.send("end", end());
    expect((await taken(bob, offered)).bytes.equals(content)).toBe(true);
    await ann.expect("received");
    expect(await ann.expect("notice")).toEqual({ text: "File 'a.bin' sent to bob" });
    await offer(ann, { transfer: 3, to: "old", size: 5, name: "x.py" });
    ann.connection.send(encodeChunk(3, 0, Buffer.from("hello")));
    ann.send("end", { transfer: 3, size: 5, sha256: sha256(Buffer.from("hello")) });
    await old.expect("file_transfer", "file_to:ann:x.py.txt");
    expect((await old.bytes(8)).toString()).toBe("helloEOF");
    await ann.expect("received");
    old.send("file_transfer", "file_to:bob:from-old.txt");
    old.raw(Buffer.from("old wordsEOF"));
    const second = await take(bob);
    expect([second.offer.from, second.offer.name, second.bytes.toString()]).toEqual([
      "old",
      "from-old.txt",
      "old words",
    ]);
    expect((await old.frame())[1]).toBe("Server: File 'from-old.txt' sent to bob\n");
  });

  test("who refuses it, or leaves, is told to the sender before a byte is sent", async () => {
    const [ann, bob] = [await enter("ann"), await enter("bob")];
    for (const [transfer, answer] of [
      [1, "no"],
      [3, "leave"],
    ] as const) {
      ann.send("offer", { tag: ann.tag++, transfer, name: "a.bin", size: content.length, to: "bob" });
      const offered = (await bob.expect("offer")) as Control<"offer">;
      if (answer === "no")
        bob.send("cancel", { transfer: offered.transfer, code: "refused", text: "No, thank you." });
      else bob.connection.destroy();
      expect(await ann.expect("cancel")).toMatchObject({
        transfer,
        code: "refused",
        text: `File 'a.bin' was not sent to bob: ${answer === "no" ? "No, thank you" : "bob has left"}.`,
      });
    }
    expect(parts()).toEqual([]);
  });

  test("who takes the consent back in the middle ends it; a sender who gives up is told to the other", async () => {
    const [ann, bob] = [await enter("ann"), await enter("bob")];
    const [, first] = await Promise.all([offer(ann, { to: "bob" }), accept(bob)]);
    sendFrom(ann, 1, 0, 100_000);
    bob.send("cancel", { transfer: first.transfer, code: "refused", text: "Too long." });
    expect(await ann.expect("cancel")).toMatchObject({
      transfer: 1,
      text: "File 'a.bin' was not sent to bob: Too long.",
    });
    const [, second] = await Promise.all([offer(ann, { transfer: 3, to: "bob" }), accept(bob)]);
    ann.send("cancel", { transfer: 3, code: "given-up" });
    expect(await bob.expect("cancel")).toEqual({
      transfer: second.transfer,
      code: "given-up",
      text: "'a.bin' from ann does not come.",
    });
    while (parts().length > 0) await Bun.sleep(5);
    expect(running.server.classroom.transfers.lines()).toEqual([]);
  });

  test("an offer that nobody answers holds up nothing else", async () => {
    const [ann, bob] = [await enter("ann"), await enter("bob")];
    ann.send("offer", { tag: ann.tag++, transfer: 1, name: "a.bin", size: content.length, to: "bob" });
    const offered = (await bob.expect("offer")) as Control<"offer">;
    writeFileSync(join(running.folder, "a.bin"), content);
    await running.operator.type("send_file:bob:.:a.bin");
    expect((await take(bob)).bytes.equals(content)).toBe(true);
    bob.send("accept", { transfer: offered.transfer, offset: 0, upTo: 100 });
    await ann.expect("accept");
  });
});

/** bob has accepted and got a part of it when his connection breaks. */
async function breakOff(bob: PeerClient): Promise<Control<"offer">> {
  const offered = await accept(bob);
  await bob.expect("chunk");
  bob.connection.destroy();
  return offered;
}

describe("coming back in the middle of a file", () => {
  test("the operator's goes on from where it was, and is read on", async () => {
    await enter("ann");
    const bob = await enter("bob");
    writeFileSync(join(running.folder, "a.bin"), content);
    await running.operator.type("send_file:bob:.:a.bin");
    const before = await breakOff(bob);
    while (!running.screen.includes("Client bob disconnected.")) await Bun.sleep(5);
    await running.operator.type("/files");
    expect(running.screen.at(-1)).toMatch(/^a\.bin to bob: \d+ %, waits for the connection$/);
    const again = await comeBack("bob");
    const after = await take(again, 65_536);
    expect(after.offer.same).toBe(before.same);
    expect(after.bytes.equals(content.subarray(65_536))).toBe(true);
    while (!running.screen.includes("File 'a.bin' sent to bob.")) await Bun.sleep(5);
  });

  test("one from another person, too; a part of a file that has changed has another word", async () => {
    const [ann, bob] = [await enter("ann"), await enter("bob")];
    const accepted = accept(bob);
    await offer(ann, { to: "bob", same: "first" });
    sendFrom(ann, 1, 0);
    ann.send("end", end());
    const { same } = await accepted;
    await bob.expect("chunk");
    bob.connection.destroy();
    const again = await comeBack("bob");
    const after = await take(again, 1_000);
    expect([after.offer.from, after.offer.same]).toEqual(["ann", same]);
    expect(after.bytes.equals(content.subarray(1_000))).toBe(true);
    await ann.expect("received");
    for (const [transfer, word] of [
      [3, "first"],
      [5, "second"],
    ] as const) {
      ann.send("offer", { tag: ann.tag++, transfer, name: "a.bin", size: 5, to: "bob", same: word });
      expect(((await again.expect("offer")) as Control<"offer">).same === same).toBe(word === "first");
    }
  });

  test("beyond its end is refused in one sentence", async () => {
    const bob = await enter("bob");
    writeFileSync(join(running.folder, "a.bin"), content);
    await running.operator.type("send_file:bob:.:a.bin");
    const { transfer } = (await bob.expect("offer")) as Control<"offer">;
    bob.send("accept", { transfer, offset: content.length + 1, upTo: content.length + 1 });
    expect(await bob.expect("cancel")).toMatchObject({
      transfer,
      text: "Not sent: it was accepted from beyond its end.",
    });
  });
});

test("the operator's files go to both protocols, one after the other to each", async () => {
  const ann = await enter("ann");
  const old = await TestClient.registered(running.port, "old");
  writeFileSync(join(running.folder, "a.bin"), content);
  await running.operator.type("send_file:all:.:a.bin");
  await running.operator.type("send_file:ann:.:a.bin");
  for (let i = 0; i < 2; i++)
    expect((await take(ann, i * 1000)).bytes.equals(content.subarray(i * 1000))).toBe(true);
  await old.expect("file_transfer", "file from server:a.bin");
  expect((await old.bytes(content.length + 3)).subarray(0, -3).equals(content)).toBe(true);
  while (running.screen.filter((line) => line === "File 'a.bin' sent to ann.").length < 2) await Bun.sleep(5);
});

test("a quiz: question by question, answered once, acknowledged when it is on disk", async () => {
  const ann = await enter("ann");
  await running.operator.type("Quiz:quiz_dir:quiz_ques.txt:quiz_ans.txt:s.csv");
  const quiz = (await ann.expect("quiz")) as Control<"quiz">;
  for (let number = 1; number <= quiz.questions; number++)
    expect(await ann.expect("question")).toMatchObject({ quiz: quiz.quiz, number });
  const tag = ann.tag++;
  ann.send("answer", { tag, quiz: quiz.quiz, answer: "c a b a c" });
  ann.say("meanwhile");
  expect(await ann.expect("result")).toMatchObject({ text: "Quiz is over. Thank you for participating!" });
  expect(readFileSync(join(running.folder, "data/all_quiz_scores/s.csv"), "utf8")).toBe("ann,5\n");
  for (const [wrong, code] of [
    [quiz.quiz, "answered"],
    [quiz.quiz + 1, "no-quiz"],
  ] as const) {
    ann.send("answer", { tag: ann.tag++, quiz: wrong, answer: "a" });
    expect(await ann.expect("error")).toMatchObject({ code, tag: ann.tag - 1 });
  }
});
