/** Chat in the second protocol: once, in order, on disk before it is acknowledged, and together with the first. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { ExpectedError } from "../../../lib/errors.ts";
import { memoryMessages } from "../../../store/memory/memory-messages.ts";
import { entranceSliceMs, noLimits } from "../limits.ts";
import type { RoomMessage } from "../../protocol/v2/message.ts";
import { PeerClient } from "./peer-client.test-support.ts";
import { startTestServer, TestClient, type TestServer } from "../session/test-client.test-support.ts";

let running: TestServer;
let store: ReturnType<typeof memoryMessages>;
beforeEach(async () => {
  store = memoryMessages();
  running = await startTestServer({ ports: { messages: store } });
});
afterEach(() => running.stop());

async function enter(name: string): Promise<PeerClient> {
  const client = await PeerClient.registered(running.port, name);
  await client.join();
  return client;
}

async function heardIn(client: PeerClient, count: number): Promise<RoomMessage[]> {
  const heard: RoomMessage[] = [];
  while (heard.length < count) heard.push((await client.expect("m")) as RoomMessage);
  return heard;
}

const texts = (messages: readonly { text: string }[]): string[] => messages.map(({ text }) => text);

describe("a slow disk", () => {
  test("holds up nobody but those who wait for it, and whoever says too much meanwhile is read later", async () => {
    await running.stop();
    running = await startTestServer({ limits: noLimits, ports: { messages: store } });
    const [ann, bob] = [await enter("ann"), await enter("bob")];
    const { number } = await ann.join("fast", { keep: false });
    await bob.join("fast");
    const append = store.append.bind(store);
    const done = Promise.withResolvers<void>();
    store.append = async (...given) => {
      await done.promise;
      await append(...given);
    };
    ann.say("first");
    await Bun.sleep(20);
    bob.say("at once", number);
    await bob.expect("ack");
    expect(await ann.expect("m")).toMatchObject({ text: "at once" });
    const { counters, log } = running.server.classroom;
    let count = 1;
    for (; counters.heldForDisk === 0; count++) {
      ann.say("x".repeat(60_000));
      await Bun.sleep(1);
    }
    await bob.expectNothing(20);
    done.resolve();
    const heard = await heardIn(bob, count);
    expect(heard[0]!.text).toBe("first");
    expect(new Set(heard.map(({ id }) => id)).size).toBe(count);
    while (log.waitingCount > 0) await Bun.sleep(5);
    expect(counters.heldForDisk).toBe(1);
  }, 20_000);

  test("who comes back at once gets a seat when all is told, and nothing twice", async () => {
    const [ann, bob] = [await enter("ann"), await enter("bob")];
    const append = store.append.bind(store);
    const done = Promise.withResolvers<void>();
    store.append = async (...given) => {
      await done.promise;
      await append(...given);
    };
    const tag = ann.say("on its way");
    await Bun.sleep(20);
    ann.connection.destroy();
    const again = await PeerClient.greeted(running.port);
    again.send("login", { name: "ann", password: "long enough" });
    await again.expectNothing(300);
    done.resolve();
    expect(await again.expect("seat")).toMatchObject({ lastTag: tag });
    again.tag = tag;
    again.say("on its way");
    expect(await again.expect("ack")).toEqual([{ tag, id: 0 }]);
    expect(texts(await heardIn(bob, 1))).toEqual(["on its way"]);
    const { missed } = await again.join("main", { since: 0 });
    expect(missed).toBe(1);
  });
});

describe("rooms", () => {
  test("a message is heard by all others of the room, and acknowledged with its id", async () => {
    const [ann, bob] = [await enter("ann"), await enter("bob")];
    const tag = ann.say("hello ü\nthere");
    const heard = (await bob.expect("m")) as RoomMessage;
    expect(heard).toMatchObject({ room: 1, sender: "ann", text: "hello ü\nthere" });
    expect(Math.abs(heard.timeMs - Date.now())).toBeLessThan(10_000);
    expect(await ann.expect("ack")).toEqual([{ tag, id: heard.id }]);
    await ann.expectNothing();
    expect(running.screen).toContain("Client ann: hello ü\n  there");
  });

  test("what is acknowledged is kept, and what cannot be kept is told, to nobody but its sender", async () => {
    const [ann, bob] = [await enter("ann"), await enter("bob")];
    const append = store.append.bind(store);
    let isFull = false;
    store.append = async (...given) => {
      if (isFull) throw new ExpectedError("messages cannot be kept: the disk is full.");
      await append(...given);
    };
    ann.say("one");
    const [{ id }] = (await ann.expect("ack")) as [{ id: number }];
    expect(store.inRoom(1, 0, 1e9, 9)).toMatchObject([{ id, text: "one" }]);
    isFull = true;
    const tag = ann.say("two");
    expect(await ann.expect("error")).toMatchObject({ code: "not-kept", tag });
    isFull = false;
    ann.say("three");
    expect(texts(await heardIn(bob, 2))).toEqual(["one", "three"]);
    expect(running.screen).toContain("Messages cannot be kept: the disk is full.");
    expect(running.server.classroom.counters.unkeptMessages).toBe(1);
  });

  test("a tag is dealt with once: again it is only acknowledged", async () => {
    const [ann, bob] = [await enter("ann"), await enter("bob")];
    const tag = ann.say("once");
    await ann.expect("ack");
    ann.tag = tag;
    ann.say("once");
    expect(await ann.expect("ack")).toEqual([{ tag, id: 0 }]);
    ann.say("twice");
    expect(texts(await heardIn(bob, 2))).toEqual(["once", "twice"]);
  });

  test("other rooms: those in them hear, the rest does not; a room without history has ids of 0", async () => {
    const [ann, bob, eve] = [await enter("ann"), await enter("bob"), await enter("eve")];
    const old = await TestClient.registered(running.port, "old");
    expect(await eve.expect("presence")).toMatchObject({ name: "old", here: true });
    const kept = await ann.join("Group 1");
    expect(kept).toMatchObject({ room: "Group 1", keeps: true, members: ["ann"], memberCount: 1 });
    expect(await bob.join("group 1")).toMatchObject({ number: kept.number, members: ["ann", "bob"] });
    const fast = await ann.join("fast", { keep: false });
    await bob.join("fast");
    const first = ann.say("in the group", kept.number);
    const second = ann.say("in the fast one", fast.number);
    expect(await bob.expect("m")).toMatchObject({ room: fast.number, id: 0, text: "in the fast one" });
    expect(await bob.expect("m")).toMatchObject({ room: kept.number, text: "in the group" });
    const acks = (await ann.expect("ack")) as { tag: number; id: number }[];
    expect(acks).toMatchObject([{ tag: first }, { tag: second, id: 0 }]);
    eve.drain();
    ann.send("part", { ask: 77, number: fast.number });
    expect(await ann.expect("part")).toEqual({ ask: 77, number: fast.number });
    const late = ann.say("not in it any more", fast.number);
    expect(await ann.expect("error")).toMatchObject({ code: "room", tag: late });
    await eve.expectNothing();
    eve.send("rooms", { ask: eve.ask++ });
    expect(await eve.expect("rooms")).toMatchObject({
      rooms: [
        { room: "main", members: 4, keeps: true },
        { room: "Group 1", members: 2, keeps: true },
        { room: "fast", members: 1, keeps: false },
      ],
    });
    await old.expectNothing(1);
  });

  test("names of rooms have rules, and there are so many", async () => {
    const ann = await enter("ann");
    for (const room of ["", "a:b", "\n", "server"]) {
      ann.send("join", { ask: ann.ask++, room });
      expect(await ann.expect("error")).toMatchObject({ code: "room", ask: ann.ask - 1 });
    }
    for (let i = 1; i < 64; i++) await ann.join(`room ${i}`, { keep: false });
    ann.send("join", { ask: ann.ask++, room: "one more", keep: false });
    expect(await ann.expect("error")).toMatchObject({ code: "limit", ask: ann.ask - 1 });
    ann.connection.close();
    while (running.server.classroom.rooms.size > 1) await Bun.sleep(5);
  });

  test("who comes and goes is told in each room", async () => {
    const ann = await enter("ann");
    const bob = await PeerClient.registered(running.port, "bob");
    expect(await ann.next()).toEqual({ header: "presence", content: { number: 1, name: "bob", here: true } });
    const { number } = await ann.join("fast", { keep: false });
    await bob.join("fast");
    expect(await ann.next()).toEqual({ header: "presence", content: { number, name: "bob", here: true } });
    bob.send("typing", { number });
    expect(await ann.next()).toEqual({ header: "typing", content: { number, name: "bob" } });
    bob.send("bye", { code: "leaving" });
    expect(await ann.next()).toEqual({ header: "presence", content: { number, name: "bob", here: false } });
    expect(await ann.next()).toEqual({
      header: "presence",
      content: { number: 1, name: "bob", here: false },
    });
    expect(running.screen).toContain("Client bob disconnected.");
  });
});

describe("history", () => {
  test("what was missed comes in order and once, before what is new", async () => {
    const [ann, bob] = [await enter("ann"), await enter("bob")];
    for (let i = 0; i < 5; i++) ann.say(`${i}`);
    const since = (await heardIn(bob, 3)).at(-1)!.id;
    bob.connection.destroy();
    for (let i = 5; i < 50; i++) ann.say(`${i}`);
    const again = await PeerClient.greeted(running.port);
    await again.logIn({ name: "bob", password: "long enough" });
    again.send("join", { ask: again.ask++, room: "main", since });
    for (let i = 50; i < 60; i++) ann.say(`${i}`);
    expect(await again.expect("joined")).toMatchObject({ skipped: false });
    const heard = await heardIn(again, 57);
    expect(texts(heard)).toEqual(Array.from({ length: 57 }, (_, i) => `${i + 3}`));
    await again.expectNothing();
    expect(heard.every(({ id }, i) => i === 0 || id > heard[i - 1]!.id)).toBe(true);
  });

  test("the latest on a first join, older ones page by page, and that there are more is told", async () => {
    const ann = await enter("ann");
    for (let i = 0; i < 520; i++) ann.say(`${i}`);
    const bob = await PeerClient.registered(running.port, "bob");
    expect(await bob.join("main", { history: 3 })).toMatchObject({ missed: 3 });
    const latest = await heardIn(bob, 3);
    expect(texts(latest)).toEqual(["517", "518", "519"]);
    const older = { ask: bob.ask++, number: 1, before: latest[0]!.id, count: 2 };
    bob.send("history", older);
    expect([await bob.expect("old"), await bob.expect("old")]).toMatchObject([
      { text: "515" },
      { text: "516" },
    ]);
    expect(await bob.expect("history")).toEqual(older);
    const eve = await PeerClient.registered(running.port, "eve");
    expect(await eve.join("main", { since: 0 })).toMatchObject({ missed: 500, skipped: true });
    expect(texts(await heardIn(eve, 500))[0]).toBe("20");
  });
});

describe("private messages", () => {
  test("one person hears it, and the sender gets an acknowledgement", async () => {
    const [ann, bob, eve] = [await enter("ann"), await enter("bob"), await enter("eve")];
    eve.drain();
    const tag = ann.tell("BOB", "psst");
    const heard = (await bob.expect("p")) as { id: number };
    expect(heard).toMatchObject({ from: "ann", to: "bob", text: "psst" });
    expect(await ann.expect("ack")).toEqual([{ tag, id: heard.id }]);
    const none = ann.tell("nobody", "psst");
    expect(await ann.expect("error")).toMatchObject({ code: "nobody", tag: none });
    await eve.expectNothing();
    expect(running.screen.join("\n")).not.toContain("psst");
  });

  test("to somebody who is not here it waits, and comes until it was seen", async () => {
    const [ann, bob] = [await enter("ann"), await enter("bob")];
    bob.connection.destroy();
    while (running.server.classroom.memberCount > 1) await Bun.sleep(5);
    for (const text of ["one", "two"]) ann.tell("bob", text);
    await ann.expect("ack");
    const comeBack = async (): Promise<PeerClient> => {
      const client = await PeerClient.greeted(running.port);
      await client.logIn({ name: "bob", password: "long enough" });
      return client;
    };
    const first = await comeBack();
    const heard = [await first.expect("p"), await first.expect("p")] as { id: number; text: string }[];
    expect(texts(heard)).toEqual(["one", "two"]);
    first.send("seen", { id: heard[0]!.id });
    const second = await comeBack();
    expect(await second.expect("p")).toMatchObject({ text: "two" });
    // More than was sent cannot have been seen.
    second.send("seen", { id: 1e9 });
    ann.tell("bob", "three");
    expect(await second.expect("p")).toMatchObject({ text: "three" });
    const third = await comeBack();
    expect(await third.expect("p")).toMatchObject({ text: "three" });
    third.send("seen", { id: heard[0]!.id });
    await third.expectNothing();
  });

  test("many that waited come in parts, each once and in order", async () => {
    const [ann, bob] = [await enter("ann"), await enter("bob")];
    bob.connection.destroy();
    while (running.server.classroom.memberCount > 1) await Bun.sleep(5);
    for (let i = 0; i < 450; i++) ann.tell("bob", `${i}`);
    await ann.expect("ack");
    const again = await PeerClient.greeted(running.port);
    await again.logIn({ name: "bob", password: "long enough" });
    const heard: string[] = [];
    while (heard.length < 451) {
      const { text, id } = (await again.expect("p")) as { text: string; id: number };
      heard.push(text);
      if (heard.length === 300) ann.tell("bob", "new");
      if (heard.length % 50 === 0) again.send("seen", { id });
    }
    expect(heard).toEqual([...Array.from({ length: 450 }, (_, i) => `${i}`), "new"]);
  });
});

describe("with the first protocol", () => {
  test("both see each other, hear each other in the main room, and write to each other", async () => {
    const old = await TestClient.registered(running.port, "old");
    const ann = await PeerClient.registered(running.port, "ann");
    await old.expect("info", "Server: Client ann joined the server.\n");
    expect(await ann.join()).toMatchObject({ members: ["ann", "old"], memberCount: 2 });
    old.send("msg", "from the old one");
    expect(await ann.expect("m")).toMatchObject({ sender: "old", text: "from the old one" });
    ann.say("from the new one");
    await old.expect("msg", "Client ann: from the new one\n");
    await ann.expect("ack");
    old.send("to", "ann: HI");
    const heard = (await ann.expect("p")) as { id: number };
    expect(heard).toMatchObject({ from: "old", to: "ann", text: " HI" });
    ann.send("seen", { id: heard.id });
    ann.tell("old", "hi yourself");
    await old.expect("info", "ann (private): hi yourself\n");
    await ann.expect("ack");
    await running.operator.type("good morning");
    await old.expect("info", "Server: good morning\n");
    expect(await ann.expect("m")).toMatchObject({ sender: "Server", text: "good morning" });
    ann.connection.close();
    await old.expect("info", "Server: Client ann left the server.\n");
    old.send("msg", "nobody hears it now");
    while (store.inRoom(1, 0, 1e9, 9).at(-1)?.text !== "nobody hears it now") await Bun.sleep(5);
    const later = await PeerClient.greeted(running.port);
    await later.logIn({ name: "ann", password: "long enough" });
    await later.join("main", { history: 2 });
    expect(texts(await heardIn(later, 2))).toEqual(["good morning", "nobody hears it now"]);
  });

  test("what waited for somebody comes in the first protocol too, once", async () => {
    const ann = await enter("ann");
    const old = await TestClient.registered(running.port, "old");
    old.end();
    await old.untilClosed();
    ann.tell("old", "for later");
    await ann.expect("ack");
    for (const expected of [["info", "ann (private): for later\n"], undefined]) {
      const again = await TestClient.loggedIn(running.port, "old");
      if (expected !== undefined) expect(await again.frame()).toEqual(expected as [string, string]);
      else await again.expectNothing(30);
      again.end();
      await again.untilClosed();
    }
  });
});

test("the end is told, and so is a reader that is too slow", async () => {
  const ann = await enter("ann");
  void running.server.stop();
  expect(await ann.expect("bye")).toMatchObject({ code: "closing" });
  await ann.untilClosed();
});

/** As if so many came in before whoever comes next. */
function crowd(count: number): { left: () => number } {
  let left = count;
  for (let i = 0; i < count; i++)
    running.server.classroom.entrance.enter(() => {
      const endMs = performance.now() + entranceSliceMs + 1;
      while (performance.now() < endMs);
      left--;
    });
  return { left: () => left };
}

describe("where many come in at once", () => {
  test("who is in is served meanwhile, and what somebody says behind a join waits for it", async () => {
    const [ann, bob] = [await enter("ann"), await enter("bob")];
    const before = crowd(20);
    ann.send("join", { ask: ann.ask++, room: "other" });
    ann.raw("ping", "behind");
    bob.raw("ping", "meanwhile");
    expect(await bob.expect("pong")).toBe("meanwhile");
    expect(before.left()).toBeGreaterThan(0);
    expect(await ann.expect("joined")).toMatchObject({ room: "other" });
    expect(before.left()).toBe(0);
    expect(await ann.expect("pong")).toBe("behind");
  });
});
