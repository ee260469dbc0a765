/** What one person sends on purpose to hurt the class: the others go on as if nothing were. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { encodeFrame } from "../protocol/frame.ts";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as messages from "../protocol/messages.ts";
import { PeerClient } from "./peer/peer-client.test-support.ts";
import type { Peer } from "./peer/peer.ts";
import { startTestServer, TestClient, type TestServer } from "./session/test-client.test-support.ts";

let running: TestServer;
beforeEach(async () => {
  running = await startTestServer({ limits: { byteBurst: 64 << 20 } });
});
afterEach(() => running.stop());

/** Half a megabyte of combining marks on one letter: the composed form of it would take minutes. */
const marks = `a${"\u0301\u0316".repeat(120_000)}`;

describe("text that is dear to compose", () => {
  for (const [what, frames] of [
    [
      "as a name at the login",
      [
        ["info", "yes"],
        ["info", marks],
        ["info", "pw"],
      ],
    ],
    [
      "as a new name",
      [
        ["info", "no"],
        ["info", marks],
      ],
    ],
  ] as const)
    test(what, async () => {
      const eve = await TestClient.connect(running.port);
      await eve.expect("info", messages.greeting);
      for (const [header, payload] of frames) eve.send(header, payload);
      await TestClient.registered(running.port, "ann");
      expect(running.server.classroom.roster.find("ann")?.name).toBe("ann");
    });

  for (const [what, header, payload] of [
    ["as a recipient", "to", `${marks}: hi`],
    ["as a file's name", "file_transfer", `file_to_server:${marks}`],
    ["as the recipient of a file", "file_transfer", `file_to:${marks}:a.txt`],
  ] as const)
    test(what, async () => {
      const eve = await TestClient.registered(running.port, "eve");
      eve.send(header, payload);
      await TestClient.registered(running.port, "ann");
      expect(running.server.classroom.roster.find("ann")?.name).toBe("ann");
    });
});

describe("names as long as they may be", () => {
  test("of rooms: a list has as many as a frame has room for", async () => {
    const ann = await PeerClient.registered(running.port, "ann");
    const { rooms } = running.server.classroom;
    for (let i = 0; i < 1_000; i++) rooms.open(longName(i), true, undefined);
    ann.send("rooms", { ask: 7 });
    const { rooms: listed } = (await ann.expect("rooms")) as { rooms: unknown[] };
    expect(listed.length).toBeGreaterThan(300);
  });

  test("of people: everybody comes in all the same", async () => {
    const ann = await PeerClient.registered(running.port, "ann");
    const { peers } = running.server.classroom.rooms.main;
    for (let i = 1; i < 1_000; i++) peers.add({ name: longName(i) } as Peer);
    const { members, memberCount } = await ann.join();
    expect(memberCount).toBe(1_000);
    expect(members.length).toBeGreaterThan(500);
  });
});

describe("rooms", () => {
  test("one student does not make all that there may be", async () => {
    const eve = await PeerClient.registered(running.port, "eve");
    for (let i = 0; i < 100; i++) expect(await enterAndLeave(eve, `kept ${i}`)).toBe("done");
    expect(await enterAndLeave(eve, "one more")).toBe("limit");
    expect(await enterAndLeave(eve, "kept 1")).toBe("done");
    const ann = await PeerClient.registered(running.port, "ann");
    expect(await enterAndLeave(ann, "of ann")).toBe("done");
  });

  test("one that keeps nothing and is gone does not count", async () => {
    const eve = await PeerClient.registered(running.port, "eve");
    for (let i = 0; i < 101; i++) expect(await enterAndLeave(eve, `fast ${i}`, false)).toBe("done");
    expect(running.server.classroom.rooms.size).toBe(1);
  });

  test("who is in too many makes no other by trying to come in", async () => {
    const eve = await PeerClient.registered(running.port, "eve");
    for (let i = 1; i < 64; i++) await eve.join(`room ${i}`, { keep: false });
    expect(await enterAndLeave(eve, "one more", false)).toBe("limit");
    expect(running.server.classroom.rooms.size).toBe(64);
  });
});

test("who comes in over and over again by a token must wait, and others come back meanwhile", async () => {
  const eve = await PeerClient.greeted(running.port);
  const { token } = await eve.logIn({ name: "eve", password: "long enough", create: true });
  const ann = await PeerClient.greeted(running.port);
  const seat = await ann.logIn({ name: "ann", password: "long enough", create: true });
  for (let i = 0; i < 120; i++) await (await PeerClient.greeted(running.port)).logIn({ token });
  const again = await PeerClient.greeted(running.port);
  again.send("login", { token });
  expect(await again.expect("error")).toMatchObject({ code: "busy" });
  await (await PeerClient.greeted(running.port)).logIn({ token: seat.token });
});

describe("strangers", () => {
  test("who sends without an end is read slowly, in both protocols", async () => {
    const { counters } = running.server.classroom;
    const old = await TestClient.connect(running.port);
    await old.expect("info", messages.greeting);
    const garbage = encodeFrame("x", "");
    old.raw(Buffer.concat(Array.from({ length: 5_000 }, () => garbage)));
    for (let i = 0; i < 200; i++) await old.expect("error", messages.invalidMessage);
    expect(counters.delayedStrangers).toBeGreaterThan(0);
    for (let more = 0; (await old.frame(40).catch(() => undefined)) !== undefined; more++)
      expect(more).toBeLessThan(20);
    const peer = await PeerClient.greeted(running.port);
    for (let i = 0; i < 5_000; i++) peer.raw("ping", "x");
    for (let i = 0; i < 200; i++) await peer.expect("pong");
    await Bun.sleep(50);
    expect(peer.drain().length).toBeLessThan(20);
  });

  test("who comes in anew has no more to say than before", async () => {
    await running.stop();
    running = await startTestServer({ limits: { messageBurst: 50, messagesPerSecond: 1 } });
    let eve = await PeerClient.greeted(running.port);
    const { token } = await eve.logIn({ name: "eve", password: "long enough", create: true });
    const ann = await PeerClient.registered(running.port, "ann");
    await ann.join();
    for (let i = 0; i < 5; i++) {
      for (let j = 0; j < 40; j++) eve.say("spam");
      await Bun.sleep(30);
      eve.connection.destroy();
      eve = await PeerClient.greeted(running.port);
      await eve.logIn({ token });
    }
    const heard = ann.drain().filter(({ header }) => header === "m").length;
    expect(heard).toBeGreaterThan(20);
    expect(heard).toBeLessThan(60);
  });
});

test("chunks of no file are read slowly, too", async () => {
  await running.stop();
  running = await startTestServer({ limits: { chunks: { burst: 100, perSecond: 20 } } });
  const eve = await PeerClient.registered(running.port, "eve");
  for (let i = 0; i < 5_000; i++) eve.raw("chunk", i % 2 === 0 ? "" : new Uint8Array(13).fill(1));
  while (running.server.classroom.counters.delayedChunks === 0) await Bun.sleep(5);
  await Bun.sleep(30);
  expect(eve.drain().length).toBeLessThan(130);
});

test("who asks for what is dear to look up lets others have their turn", async () => {
  const { messages: store } = running.server.classroom.ports;
  const [ann, eve] = [
    await PeerClient.registered(running.port, "ann"),
    await PeerClient.registered(running.port, "eve"),
  ];
  store.inRoom = () => {
    Bun.sleepSync(20);
    return [];
  };
  for (let i = 0; i < 20; i++) eve.send("history", { ask: i, number: 1, before: 9, count: 9 });
  ann.raw("ping", "x");
  await ann.expect("pong");
  expect(eve.drain().filter(({ header }) => header === "history").length).toBeLessThan(3);
});

test("one person does not push out what all others have said: so much is kept a day, in both protocols", async () => {
  await running.stop();
  running = await startTestServer({ limits: { keptBytesPerDay: 10_000 } });
  const [eve, ann] = [
    await PeerClient.registered(running.port, "eve"),
    await PeerClient.registered(running.port, "ann"),
  ];
  const old = await TestClient.registered(running.port, "old");
  await eve.join();
  const long = "x".repeat(4_000);
  eve.say(long);
  eve.tell("ann", long);
  expect(await eve.expect("ack")).toBeArray();
  for (const tag of [eve.say(long), eve.tell("ann", long)])
    expect(await eve.expect("error")).toMatchObject({ code: "limit", tag });
  eve.say("short");
  for (let i = 0; i < 3; i++) old.send("msg", long);
  for (;;) {
    const [header, text] = await old.frame();
    if (header === "error" && text.includes("as much today as is kept")) break;
  }
  ann.say("I am heard");
  await ann.expect("p");
  await ann.expect("ack");
  expect(running.server.classroom.counters.overKept).toBe(3);
  expect(running.server.classroom.totals.messages).toBe(6);
});

test("offers that nobody answers keep out no file of the operator's", async () => {
  const [eve, bob] = [
    await PeerClient.registered(running.port, "eve"),
    await PeerClient.registered(running.port, "bob"),
  ];
  for (let i = 0; i < 32; i++) {
    eve.send("offer", { tag: eve.tag++, transfer: 2 * i + 1, name: `${i}.txt`, size: 1, to: "bob" });
    await bob.expect("offer");
  }
  writeFileSync(join(running.folder, "exam.pdf"), "exam");
  await running.operator.type("send_file:bob:.:exam.pdf");
  expect(await bob.expect("offer")).toMatchObject({ name: "exam.pdf" });
});

describe("long messages", () => {
  const long = "x".repeat(60_000);

  test("who asks for much history at once gets it, as fast as it is read", async () => {
    const eve = await PeerClient.registered(running.port, "eve");
    await eve.join();
    for (let i = 0; i < 40; i++) eve.say(long);
    while (running.server.classroom.log.toldId < 40) await Bun.sleep(5);
    for (let i = 0; i < 20; i++) eve.send("history", { ask: i, number: 1, before: 1e9, count: 500 });
    let messages = 0;
    for (let answers = 0; answers < 20;) {
      const { header } = await eve.next();
      if (header === "history") answers++;
      if (header === "old") messages++;
    }
    // Of all that is kept as much as fits into 2 MiB.
    expect(messages).toBe(20 * 34);
  });

  test("those that waited come to a person of the first protocol little by little, in order and once", async () => {
    const bob = await TestClient.registered(running.port, "bob");
    bob.terminate();
    while (running.server.classroom.memberCount > 0) await Bun.sleep(5);
    const eve = await PeerClient.registered(running.port, "eve");
    for (let i = 0; i < 60; i++) eve.tell("bob", `${i} ${long}`);
    while (running.server.classroom.log.toldId < 60) await Bun.sleep(5);
    const again = await TestClient.loggedIn(running.port, "bob");
    expect(running.server.classroom.find("bob")!.connection.queue.queuedBytes).toBeLessThan(5 << 20);
    eve.tell("bob", "60 and one more");
    const numbers: number[] = [];
    while (numbers.length < 61) {
      const [, text] = await again.frame();
      const number = /^eve \(private\): (\d+) /.exec(text)?.[1];
      if (number !== undefined) numbers.push(Number(number));
    }
    expect(numbers).toEqual(Array.from({ length: 61 }, (_, index) => index));
  });

  test("and to one of the second when those before were seen", async () => {
    const bob = await PeerClient.registered(running.port, "bob");
    bob.connection.close();
    while (running.server.classroom.memberCount > 0) await Bun.sleep(5);
    const eve = await PeerClient.registered(running.port, "eve");
    for (let i = 0; i < 120; i++) eve.tell("bob", long);
    while (running.server.classroom.log.toldId < 120) await Bun.sleep(5);
    const again = await PeerClient.greeted(running.port);
    again.send("login", { name: "bob", password: "long enough" });
    const ids: number[] = [];
    while (ids.length < 120) {
      const { header, content } = await again.next();
      if (header !== "p") continue;
      const { id } = content as { id: number };
      ids.push(id);
      if (ids.length === 69) await again.expectNothing(1);
      again.send("seen", { id });
    }
    expect(ids).toEqual(Array.from({ length: 120 }, (_, index) => index + 1));
  });
});

function longName(number: number): string {
  return `${number} ${"字".repeat(28)}`;
}

/** Comes into a room and leaves it. @returns the code of what was refused */
async function enterAndLeave(peer: PeerClient, room: string, keep = true): Promise<string> {
  peer.send("join", { ask: peer.ask++, room, keep });
  for (;;) {
    const { header, content } = await peer.next();
    if (header === "joined") peer.send("part", { ask: 1, number: (content as { number: number }).number });
    if (header === "error") return (content as { code: string }).code;
    if (header === "part") return "done";
  }
}
