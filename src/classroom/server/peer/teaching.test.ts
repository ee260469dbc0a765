/** Roles, and what teachers and the operator decide for others, felt in both protocols. */
import { afterEach, beforeEach, describe, expect, spyOn, test } from "bun:test";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Connection } from "../../net/connection.ts";
import type { Control } from "../../protocol/v2/control.ts";
import { defaultLimits, maxPeopleAtOnce } from "../limits.ts";
import { PeerClient } from "./peer-client.test-support.ts";
import { startTestServer, TestClient, type TestServer } from "../session/test-client.test-support.ts";

let running: TestServer;
beforeEach(async () => {
  running = await startTestServer({ isQuick: true });
});
afterEach(() => running.stop());

const capabilities = ["files", "quiz", "teach"];

async function student(name: string): Promise<PeerClient> {
  const client = await PeerClient.registered(running.port, name, { capabilities });
  await client.join();
  return client;
}

async function teacher(name: string): Promise<PeerClient> {
  const client = await student(name);
  client.send("redeem", { ask: 90, code: running.server.classroom.ports.codes.issue() });
  expect(await client.expect("role")).toEqual({ ask: 90, role: "teacher" });
  await client.expect("hands");
  return client;
}

async function wish(client: PeerClient, content: Omit<Control<"moderate">, "ask">): Promise<string> {
  client.send("moderate", { ask: 7, ...content });
  return outcome(client);
}

/** What `done` or `error` says. */
async function outcome(client: PeerClient): Promise<string> {
  for (;;) {
    const { header, content } = await client.next();
    const { text, code } = content as { text?: string; code?: string };
    if (header === "done") return text!;
    if (header === "error") return `${code}: ${text}`;
  }
}

/** The next with this header, whatever comes before it. */
async function heard(client: PeerClient, wanted: string): Promise<unknown> {
  for (;;) {
    const { header, content } = await client.next();
    if (header === wanted) return content;
  }
}

const error = async (client: PeerClient): Promise<string> =>
  ((await client.expect("error")) as { code: string }).code;
const bye = async (client: PeerClient): Promise<unknown> => await client.expect("bye");
const audited = (): Record<string, string>[] =>
  readFileSync(join(running.folder, "data/audit.log"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, string>);

describe("a teacher", () => {
  test("is who redeems a code: once, in any case, and at the next login too", async () => {
    await running.operator.type("/teacher");
    const code = /\/teacher ([A-Z2-9-]{14}) /.exec(running.screen.at(-1)!)![1]!;
    const [ann, bob] = [await student("ann"), await student("bob")];
    ann.send("redeem", { ask: 1, code: code.toLowerCase().replaceAll("-", " ") });
    expect(await ann.expect("role")).toEqual({ ask: 1, role: "teacher" });
    expect(running.screen).toContain("ann is a teacher now.");
    bob.send("redeem", { ask: 1, code });
    expect(await outcome(bob)).toBe(
      "code: This code was used already, and works once; the server's console makes another: /teacher.",
    );
    bob.send("redeem", { ask: 2, code: "AAAA-AAAA-AAAA" });
    expect(await outcome(bob)).toBe("code: There is no such code; the server's console makes one: /teacher.");
    ann.send("redeem", { ask: 2, code });
    expect(await outcome(ann)).toContain("You are a teacher already.");
    const again = await PeerClient.greeted(running.port);
    expect(await again.logIn({ name: "ann", password: "long enough" })).toMatchObject({ role: "teacher" });
    expect(JSON.stringify(audited())).not.toContain(code);
    expect(audited().map(({ by, did }) => `${by} ${did}`)).toEqual([
      "@console teacher-code",
      "ann became-teacher",
      "bob wrong-code",
      "bob wrong-code",
      "ann log-in",
    ]);
    expect(audited().at(-1)).toMatchObject({ what: expect.stringContaining("127.0.0.1") as string });
  });

  test("a code runs out after a day, and is not guessed", async () => {
    await running.stop();
    let days = 0;
    const wallClock = (): number => Date.now() + days * 86_400_000;
    const { TeacherCodes } = await import("../../accounts/teacher-codes.ts");
    const { memoryModeration } = await import("../../../store/memory/memory-moderation.ts");
    const moderation = memoryModeration();
    const codes = new TeacherCodes(moderation, wallClock, (bytes) =>
      crypto.getRandomValues(new Uint8Array(bytes)),
    );
    running = await startTestServer({ isQuick: true, ports: { codes, moderation } });
    const code = codes.issue();
    days = 1;
    const bob = await student("bob");
    for (let i = 0; i < 5; i++) bob.send("redeem", { ask: i, code });
    for (let i = 0; i < 5; i++) expect(await outcome(bob)).toContain("code: This code has run out;");
    bob.send("redeem", { ask: 9, code });
    expect(await outcome(bob)).toBe("busy: Too many codes were tried; please wait 2 seconds.");
    expect(running.server.classroom.counters.throttledLogins).toBe(1);
  });

  test("nobody becomes one over a line that others can read, nor logs in there", async () => {
    const ann = await teacher("ann");
    ann.connection.destroy();
    const old = await TestClient.registered(running.port, "old");
    old.end();
    const code = running.server.classroom.ports.codes.issue();
    const address = Object.getOwnPropertyDescriptor(Connection.prototype, "address")!;
    Object.defineProperty(Connection.prototype, "address", { ...address, get: () => "192.168.1.7" });
    try {
      const bob = await student("bob");
      bob.send("redeem", { ask: 1, code });
      expect(await outcome(bob)).toBe(
        "secure: A code is redeemed only with encryption: in pcs join without --legacy, or by https.",
      );
      const sentence =
        "A teacher can log in from another machine only with encryption: by pcs join without --legacy, or by https.";
      const again = await PeerClient.greeted(running.port);
      again.send("login", { name: "ann", password: "long enough" });
      expect(await outcome(again)).toBe(`secure: ${sentence}`);
      const v1 = await TestClient.connect(running.port);
      await v1.frame();
      for (const text of ["yes", "ann", "long enough"]) v1.send("info", text);
      expect(await v1.frame()).toEqual(["info", `Server: ${sentence}\n`]);
      await v1.untilClosed();
      await TestClient.loggedIn(running.port, "old");
    } finally {
      Object.defineProperty(Connection.prototype, "address", address);
    }
    expect(running.server.classroom.counters.refusedLogins).toBe(2);
    await TestClient.loggedIn(running.port, "ann", "long enough");
  });

  test("what only teachers may is refused to students, and changes nothing", async () => {
    const [bob, eve] = [await student("bob"), await student("eve")];
    expect(await wish(bob, { do: "kick", name: "eve" })).toBe("teacher: Only a teacher can do that.");
    bob.send("people", { ask: 1 });
    expect(await error(bob)).toBe("teacher");
    bob.send("steer", { ask: 1, do: "stop" });
    expect(await error(bob)).toBe("teacher");
    bob.send("banks", { ask: 1 });
    expect(await error(bob)).toBe("teacher");
    eve.say("still here");
    expect(await bob.expect("m")).toMatchObject({ text: "still here" });
  });
});

describe("somebody is removed", () => {
  test("kicked: told with the reason, and the token opens nothing any more", async () => {
    const ann = await teacher("ann");
    const eve = await PeerClient.greeted(running.port);
    const { token } = await eve.logIn({ name: "eve", password: "long enough", create: true });
    await eve.join();
    expect(await wish(ann, { do: "kick", name: "EVE", text: "too\nloud." })).toBe(
      "eve was removed from the class: too loud.",
    );
    expect(await bye(eve)).toEqual({ code: "kicked", text: "You were removed from the class: too loud." });
    await eve.untilClosed();
    expect(running.screen).toContain("ann: eve was removed from the class: too loud.");
    const again = await PeerClient.greeted(running.port);
    again.send("login", { token });
    expect(await error(again)).toBe("token");
    await again.logIn({ name: "eve", password: "long enough" });
    expect(await wish(ann, { do: "kick", name: "nobody" })).toBe(
      "nobody: There is no client named 'nobody' here.",
    );
    expect(await wish(ann, { do: "kick" })).toBe("malformed: Say whom to kick.");
    expect(audited().at(-1)).toMatchObject({ by: "ann", did: "kick", whom: "EVE", what: "too\nloud." });
  });

  test("banned: also who is not here, in both protocols, until the time is over", async () => {
    await running.stop();
    let minutes = 0;
    running = await startTestServer({ isQuick: true, ports: { wallClock: () => 1e12 + minutes * 60_000 } });
    const eve = await student("eve");
    const old = await TestClient.registered(running.port, "old");
    await running.operator.type("/ban old 10 spam");
    expect(await old.frame()).toEqual([
      "info",
      "Server: You are banned from this class for 10 more minutes: spam.\n",
    ]);
    await old.untilClosed();
    await running.operator.type("/ban eve");
    expect(await bye(eve)).toEqual({ code: "banned", text: "You are banned from this class." });
    await running.operator.type("/ban eve");
    minutes = 9.5;
    const v1 = await TestClient.connect(running.port);
    await v1.frame();
    for (const text of ["yes", "old", "pw1"]) v1.send("info", text);
    expect((await v1.frame())[1]).toContain("banned from this class for 1 more minute: spam.");
    const v2 = await PeerClient.greeted(running.port);
    v2.send("login", { name: "eve", password: "long enough" });
    expect(await outcome(v2)).toBe("banned: You are banned from this class.");
    await running.operator.type("/people");
    expect(running.screen.at(-1)).toBe("Nobody is here.\nBanned: eve, old.");
    minutes = 10;
    await TestClient.loggedIn(running.port, "old");
    for (const line of ["/unban eve", "/unban eve", "/unban old", "/ban nobody"])
      await running.operator.type(line);
    expect(running.screen.slice(-4)).toEqual([
      "eve is not banned any more.",
      "'eve' is not banned.",
      "The ban of old was over already.",
      "There is no one named 'nobody'.",
    ]);
    await v2.logIn({ name: "eve", password: "long enough" });
  });

  test("not oneself, not a teacher by a teacher, and not the last teacher", async () => {
    const ann = await teacher("ann");
    expect(await wish(ann, { do: "kick", name: "Ann" })).toBe("refused: You cannot kick yourself.");
    await running.operator.type("/kick ann");
    expect(running.screen.at(-1)).toBe("Make another teacher first (/teacher): ann is the last one.");
    const bob = await teacher("bob");
    expect(await wish(ann, { do: "ban", name: "bob" })).toBe(
      "teacher: Only the server's console can ban a teacher, and bob is one.",
    );
    expect(await wish(ann, { do: "mute", name: "bob" })).toBe(
      "teacher: Teachers may always speak, and bob is one.",
    );
    await running.operator.type("/kick ann");
    expect(await bye(ann)).toMatchObject({ code: "kicked" });
    expect(bob.isClosed).toBe(false);
  });

  test("an account that another process has disabled: its session ends, and it opens nothing", async () => {
    const { accounts } = running.server.classroom.ports;
    const eve = await student("eve");
    const changed = spyOn(accounts, "wereChangedElsewhere").mockReturnValue(true);
    const found = accounts.find("eve")!;
    const find = spyOn(accounts, "find").mockImplementation((name) =>
      name === "eve" ? { ...found, isDisabled: true } : undefined,
    );
    running.server.classroom.moderation.recheck();
    expect(await bye(eve)).toEqual({
      code: "disabled",
      text: "This account is disabled; please ask your teacher.",
    });
    changed.mockRestore();
    const again = await PeerClient.greeted(running.port);
    again.send("login", { name: "eve", password: "long enough" });
    expect(await error(again)).toBe("disabled");
    find.mockRestore();
  });
});

describe("who may speak", () => {
  test("muted: nobody hears it, in both protocols; the class goes on, and so do files to the server", async () => {
    const ann = await teacher("ann");
    const [bob, old] = [await student("bob"), await TestClient.registered(running.port, "old")];
    for (const name of ["bob", "OLD"]) await wish(ann, { do: "mute", name });
    expect(await wish(ann, { do: "mute", name: "bob" })).toBe(
      "refused: Nothing has changed: bob is muted already.",
    );
    const muted = "You are muted: nobody hears what you write until the teacher takes it back.";
    expect(await bob.expect("notice")).toEqual({ text: muted });
    expect(await old.frame()).toEqual(["info", `Server: ${muted}\n`]);
    bob.say("psst");
    expect(await bob.expect("error")).toEqual({
      code: "muted",
      text: "You are muted, so nobody heard this.",
      tag: 1,
    });
    bob.tell("ann", "psst");
    expect(await error(bob)).toBe("muted");
    bob.send("offer", { tag: bob.tag++, transfer: 1, name: "a.txt", size: 1, to: "ann" });
    expect(await bob.expect("cancel")).toMatchObject({ code: "muted" });
    bob.send("offer", { tag: bob.tag++, transfer: 3, name: "a.txt", size: 1 });
    await bob.expect("accept");
    old.send("msg", "psst");
    old.send("to", "ann:psst");
    for (let i = 0; i < 2; i++)
      expect(await old.frame()).toEqual(["info", "Server: You are muted, so nobody heard this.\n"]);
    bob.connection.destroy();
    const again = await PeerClient.greeted(running.port);
    await again.logIn({ name: "bob", password: "long enough" });
    await again.join();
    expect(await again.expect("notice")).toEqual({ text: muted });
    await wish(ann, { do: "unmute", name: "bob" });
    expect(await wish(ann, { do: "unmute", name: "bob" })).toBe(
      "refused: Nothing has changed: bob is not muted.",
    );
    again.say("thanks");
    ann.drain();
    expect(await ann.expect("m")).toMatchObject({ text: "thanks" });
    expect(running.server.classroom.counters.gagged).toBe(5);
  });

  test("muted: what a file is called is heard by those who teach, and by nobody else, in both protocols", async () => {
    const ann = await teacher("ann");
    const [bob, eve] = [await student("bob"), await student("eve")];
    const old = await TestClient.registered(running.port, "old");
    for (const name of ["bob", "old"]) await wish(ann, { do: "mute", name });
    for (const client of [ann, bob, eve]) client.drain();
    const { sha256, size } = { sha256: new Bun.CryptoHasher("sha256").update("").digest("hex"), size: 0 };
    bob.send("offer", { tag: bob.tag++, transfer: 1, name: "bob says hello.txt", size });
    await bob.expect("accept");
    bob.send("end", { transfer: 1, size, sha256 });
    expect(await ann.expect("notice")).toEqual({ text: "File 'bob says hello.txt' uploaded by bob" });
    old.send("file_transfer", "file_to_server:old says hello.txt");
    old.raw(Buffer.from("EOF"));
    expect(await ann.expect("notice")).toEqual({ text: "File 'old says hello.txt' uploaded by old" });
    expect(eve.drain().filter(({ header }) => header !== "presence")).toEqual([]);
    await bob.expect("received");
    expect(await bob.expect("notice")).toEqual({ text: "File 'bob says hello.txt' uploaded by bob" });
  });

  test("exam mode: chat and files of students are off, teachers and the operator speak, late ones are told", async () => {
    const ann = await teacher("ann");
    const [bob, old] = [await student("bob"), await TestClient.registered(running.port, "old")];
    bob.send("offer", { tag: bob.tag++, transfer: 1, name: "begun.txt", size: 9 });
    await bob.expect("accept");
    old.send("file_transfer", "file_to_server:begun.txt");
    old.raw(Buffer.from("half of i"));
    while (running.server.classroom.roster.find("old")?.upload === undefined) await Bun.sleep(1);
    expect(await wish(ann, { do: "exam", on: true })).toBe(
      "Exam mode is on: chat and files are off for students.",
    );
    expect(await bob.expect("cancel")).toMatchObject({ transfer: 1, code: "mode" });
    expect(await wish(ann, { do: "exam", on: true })).toBe("refused: Exam mode is on already.");
    expect(await bob.expect("mode")).toEqual({ chat: false, files: false });
    expect((await old.frame())[1]).toBe("Server: Exam mode: chat and files are off, quizzes go on.\n");
    old.raw(Buffer.from("tEOF"));
    expect((await old.frame())[1]).toContain("Exam mode: chat and files are off until");
    bob.say("what is 3?");
    expect(await error(bob)).toBe("mode");
    bob.send("offer", { tag: bob.tag++, transfer: 3, name: "a.txt", size: 1 });
    expect(await bob.expect("cancel")).toMatchObject({ code: "mode" });
    old.send("file_transfer", "file_to_server:a.txt");
    old.raw(Buffer.from("data EOF"));
    expect(await old.frame()).toEqual([
      "error",
      "Server: Exam mode: chat and files are off until the teacher ends it.\n",
    ]);
    bob.send("join", { ask: 5, room: "the answer is b" });
    expect(await error(bob)).toBe("mode");
    ann.say("ten minutes left");
    expect(await bob.expect("m")).toMatchObject({ text: "ten minutes left" });
    await running.operator.type("quiet please");
    expect(await bob.expect("m")).toMatchObject({ text: "quiet please" });
    const late = await student("late");
    expect(await late.expect("mode")).toEqual({ chat: false, files: false });
    await running.operator.type("/exam off");
    expect(await bob.expect("mode")).toEqual({ chat: true, files: true });
    bob.say("that was hard");
    expect(await late.expect("m")).toMatchObject({ text: "that was hard" });
  });

  test("in an exam nobody says anything by the name he comes in under; teachers see it, and all when it is over", async () => {
    const [ann, bob] = [await teacher("ann"), await student("bob")];
    const old = await TestClient.registered(running.port, "old");
    await wish(ann, { do: "exam", on: true });
    for (const client of [ann, bob]) client.drain();
    await old.frame();
    const spy = await student("1 is b 2 is c");
    expect(await ann.expect("presence")).toMatchObject({ name: "1 is b 2 is c", here: true });
    const oldSpy = await TestClient.registered(running.port, "3 is a");
    expect(await ann.expect("presence")).toMatchObject({ name: "3 is a", here: true });
    expect((await bob.join()).members.toSorted()).toEqual(["ann", "bob", "old"]);
    expect((await ann.join()).members.length).toBe(5);
    oldSpy.terminate();
    expect(await heard(ann, "presence")).toMatchObject({ name: "3 is a", here: false });
    // Whose name is known may lose the connection and come back.
    bob.connection.destroy();
    expect(await spy.expect("presence")).toMatchObject({ name: "bob", here: false });
    const again = await PeerClient.greeted(running.port);
    await again.logIn({ name: "bob", password: "long enough" });
    await again.join();
    expect(await spy.expect("presence")).toMatchObject({ name: "bob", here: true });
    await wish(ann, { do: "exam", on: false });
    expect(await again.expect("presence")).toMatchObject({ name: "1 is b 2 is c", here: true });
    const toldOld: string[] = [];
    while (!toldOld.at(-1)?.includes("1 is b")) toldOld.push((await old.frame())[1]);
    expect(toldOld.join("")).not.toContain("3 is a");
  });

  test("in an exam students look nothing up that was said before, teachers do", async () => {
    const [ann, bob] = [await teacher("ann"), await student("bob")];
    bob.say("7 times 8 is 56");
    expect(await bob.expect("ack")).toBeDefined();
    await running.operator.type("/exam on");
    bob.send("history", { ask: 5, number: 1, before: Number.MAX_SAFE_INTEGER, count: 9 });
    expect(await error(bob)).toBe("mode");
    bob.send("search", { ask: 6, words: "times" });
    expect(await error(bob)).toBe("mode");
    expect(await bob.join("main", { history: 9 })).toMatchObject({ missed: 0 });
    expect(await bob.join("main", { since: 0 })).toMatchObject({ missed: 1 });
    ann.send("history", { ask: 7, number: 1, before: Number.MAX_SAFE_INTEGER, count: 9 });
    expect(await ann.expect("m")).toMatchObject({ text: "7 times 8 is 56" });
    expect(await ann.expect("old")).toMatchObject({ text: "7 times 8 is 56" });
    expect(await ann.expect("history")).toMatchObject({ count: 1 });
    await running.operator.type("/exam off");
    bob.drain();
    bob.send("history", { ask: 8, number: 1, before: Number.MAX_SAFE_INTEGER, count: 9 });
    expect(await bob.expect("old")).toMatchObject({ text: "7 times 8 is 56" });
  });

  test("an exam's work is handed in all the same, where a teacher collects it", async () => {
    const [bob, old] = [await student("bob"), await TestClient.registered(running.port, "old")];
    for (const line of ["/collect exam", "/exam on"]) await running.operator.type(line);
    const { number } = (await heard(bob, "collect")) as Control<"collect">;
    const offer = { transfer: 1, name: "exam.txt", size: 4 };
    bob.send("offer", { tag: bob.tag++, ...offer, collect: number! + 1 });
    expect(await heard(bob, "cancel")).toMatchObject({ code: "mode" });
    bob.send("offer", { tag: bob.tag++, ...offer, transfer: 3, to: "old", collect: number! });
    expect(await heard(bob, "cancel")).toMatchObject({ code: "refused" });
    bob.send("offer", { tag: bob.tag++, ...offer, transfer: 5, collect: number! });
    await heard(bob, "accept");
    old.send("file_transfer", "file_to_server:exam.txt");
    old.raw(Buffer.from("my workEOF"));
    for (;;) if ((await old.frame())[1].includes("7 bytes")) break;
    expect(readFileSync(join(running.folder, "data/collected/exam/old/exam.txt"), "utf8")).toBe("my work");
  });

  test("a restart in the middle changes nothing", async () => {
    const { moderation, accounts, tokens } = running.server.classroom.ports;
    await student("bob");
    for (const line of ["/mute bob", "/exam on"]) await running.operator.type(line);
    await running.stop();
    running = await startTestServer({ ports: { moderation, accounts, tokens } });
    running.server.classroom.moderation.goOn();
    expect(running.screen).toEqual(["Exam mode is still on; /exam off ends it.", "Still muted: bob."]);
    const bob = await PeerClient.greeted(running.port);
    await bob.logIn({ name: "bob", password: "long enough" });
    await bob.join();
    bob.say("anybody?");
    expect(await error(bob)).toBe("mode");
    await running.operator.type("/exam off");
    bob.say("anybody?");
    expect(await error(bob)).toBe("muted");
  });

  test("a name with markup is a name", async () => {
    const ann = await teacher("ann");
    await student("<img src=x>");
    expect(await wish(ann, { do: "mute", name: "<IMG src=x>" })).toBe("<img src=x> is muted.");
    ann.send("people", { ask: 1 });
    expect(await ann.expect("people")).toEqual({
      ask: 1,
      people: [
        { name: "ann", role: "teacher", muted: false, hand: false, via: "v2", secure: false },
        { name: "<img src=x>", role: "student", muted: true, hand: false, via: "v2", secure: false },
      ],
    });
  });
});

describe("who is here, and hands", () => {
  test("a page is told apart by what it calls itself", async () => {
    const ann = await teacher("ann");
    await PeerClient.registered(running.port, "bob", { agent: "pcs page" });
    ann.send("people", { ask: 1 });
    const { people } = (await ann.expect("people")) as Control<"people">;
    expect(people?.map(({ name, via }) => [name, via])).toEqual([
      ["ann", "v2"],
      ["bob", "page"],
    ]);
  });

  test("a long list comes in several frames", async () => {
    const ann = await teacher("ann");
    const { roster } = running.server.classroom;
    const { connection } = running.server.classroom.find("ann")!;
    for (let i = 0; i < maxPeopleAtOnce; i++)
      roster.sit(`s${i}`, { name: `s${i}`, role: "student", via: "v1", connection } as never);
    ann.send("people", { ask: 4 });
    const first = (await ann.expect("people")) as Control<"people">;
    const second = (await ann.expect("people")) as Control<"people">;
    expect([first.people?.length, first.more, second.people?.length, second.more]).toEqual([
      maxPeopleAtOnce,
      true,
      1,
      undefined,
    ]);
    for (let i = 0; i < maxPeopleAtOnce; i++) roster.leave(`s${i}`, roster.find(`s${i}`)!);
  });

  test("hands are a queue, which ends with who leaves and by a teacher", async () => {
    const ann = await teacher("ann");
    const [bob, eve] = [await student("bob"), await student("eve")];
    const names = async (): Promise<string[]> =>
      ((await ann.expect("hands")) as Control<"hands">).hands.map(({ name }) => name);
    for (const client of [eve, bob]) {
      client.send("hand", { up: true });
      expect(await client.expect("hand")).toEqual({ up: true });
    }
    expect(await names()).toEqual(["eve", "bob"]);
    await running.operator.type("/hands");
    expect(running.screen.slice(-3)).toEqual([
      "eve raises a hand.",
      "bob raises a hand.",
      "Hands: eve, bob.",
    ]);
    ann.send("hand", { up: false, name: "EVE" });
    expect(await eve.expect("hand")).toEqual({ up: false });
    ann.send("hand", { up: false, name: "eve" });
    expect(await error(ann)).toBe("nobody");
    ann.send("hand", { up: true });
    expect(await error(ann)).toBe("refused");
    expect(await names()).toEqual(["bob"]);
    bob.connection.destroy();
    expect(await names()).toEqual([]);
    await running.operator.type("/lower bob");
    expect(running.screen.at(-1)).toBe("This hand is not raised.");
  });
});

describe("a quiz", () => {
  const bank = "::One:: 1+1? {=2 ~3}\n\n::Two:: 2+2? {=4 ~5}\n\n::Three:: 3+3? {=6 ~7}\n";
  beforeEach(() => writeFileSync(join(running.folder, "data/banks/sums.gift"), bank));

  test("begins from the folder, is steered and counted; two teachers at once go on once", async () => {
    const [ann, ben] = [await teacher("ann"), await teacher("ben")];
    const bob = await student("bob");
    ann.send("banks", { ask: 1 });
    expect(await ann.expect("banks")).toEqual({ ask: 1, files: ["sums.gift"] });
    ann.send("steer", { ask: 2, do: "begin", file: "sums.gift", words: "paced" });
    ben.send("steer", { ask: 2, do: "begin", file: "sums.gift", words: "paced" });
    const begun = [await outcome(ann), await outcome(ben)].toSorted();
    expect(begun).toEqual([
      "Quiz 'sums' started: 3 questions to 1 client; seed 7.",
      "refused: A quiz is running; /stop ends it.",
    ]);
    const { quiz, number } = (await heard(bob, "question")) as Control<"question">;
    bob.send("answer", { tag: bob.tag++, quiz, number, answer: "a" });
    await heard(bob, "ack");
    ann.drain();
    ann.send("steer", { ask: 3, do: "close" });
    expect(await ann.expect("phase")).toMatchObject({ phase: "closed", number: 1 });
    expect(await ann.expect("count")).toEqual({
      quiz,
      number: 1,
      round: 1,
      answered: 1,
      of: 1,
      chosen: [1, 0],
    });
    expect(await outcome(ann)).toBe("");
    ben.drain();
    const seen = { phase: "closed", number: 1, round: 1 } as const;
    for (const client of [ann, ben]) client.send("steer", { ask: 4, do: "next", seen });
    const gone = [await outcome(ann), await outcome(ben)].toSorted();
    expect(gone).toEqual(["", "refused: Nothing was done: somebody has gone on in the meantime."]);
    bob.drain();
    ann.send("steer", { ask: 5, do: "leaderboard" });
    expect(await outcome(ann)).toBe("1. bob  1");
    expect(await heard(bob, "phase")).toMatchObject({ phase: "question", number: 2 });
    ann.send("steer", { ask: 6, do: "stop" });
    expect(await heard(bob, "phase")).toMatchObject({ phase: "finished" });
    expect(audited().map(({ by, did }) => `${by} ${did}`)).toContain("ann quiz stop");
  });

  test("who is muted answers all the same, and in exam mode too; who was kicked does not", async () => {
    const ann = await teacher("ann");
    const bob = await student("bob");
    await wish(ann, { do: "mute", name: "bob" });
    await wish(ann, { do: "exam", on: true });
    ann.send("steer", { ask: 2, do: "begin", file: "sums.gift", words: "paced" });
    const { quiz } = (await bob.expect("quiz")) as Control<"quiz">;
    bob.send("answer", { tag: bob.tag++, quiz, number: 1, answer: "a" });
    await heard(bob, "ack");
    await wish(ann, { do: "kick", name: "bob" });
    await bob.untilClosed();
  });

  test("what is no file of the folder, or no right line, is told", async () => {
    const ann = await teacher("ann");
    writeFileSync(join(running.folder, "secret.gift"), bank);
    const rows: [Omit<Control<"steer">, "ask">, string][] = [
      [{ do: "begin", file: "../../secret.gift" }, "A quiz begins with a file of the list."],
      [{ do: "begin", file: "nowhere.gift" }, "There is no nowhere.gift."],
      [{ do: "begin" }, "'/quiz' has not the shape"],
      [{ do: "begin", file: "sums.gift", words: "fast" }, "has not the shape"],
      [{ do: "next" }, "There is no quiz; /quiz FILE begins one."],
      [{ do: "extend" }, "'/extend' has not the shape /extend SECONDS; nothing was done."],
    ];
    for (const [content, sentence] of rows) {
      ann.send("steer", { ask: 1, ...content });
      expect(await outcome(ann)).toContain(sentence);
    }
  });
});

test("a thousand commands are all done, not faster than may be, and nobody else waits", async () => {
  const ann = await teacher("ann");
  const [bob, eve] = [await student("bob"), await student("eve")];
  const startedMs = performance.now();
  for (let i = 0; i < 1_000; i++)
    ann.send("moderate", { ask: i, do: i % 2 === 0 ? "mute" : "unmute", name: "eve" });
  bob.say("hello");
  expect(await heard(eve, "m")).toMatchObject({ text: "hello" });
  await Bun.sleep(300);
  const done = ann.drain().filter(({ header }) => header === "done").length;
  const { burst, perSecond } = defaultLimits.commands;
  expect(done).toBeGreaterThanOrEqual(burst);
  expect(done).toBeLessThanOrEqual(2 * burst + ((performance.now() - startedMs) / 1_000 + 0.1) * perSecond);
  expect(running.server.classroom.counters.delayedCommands).toBeGreaterThan(0);
  expect(running.faults).toEqual([]);
});
