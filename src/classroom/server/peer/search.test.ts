/** Search and what is read, over the wire and with the threads and files of a real server. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { openDatabase } from "../../../store/sqlite/database.ts";
import { openMessages } from "../../../store/sqlite/open-messages.ts";
import { ThreadedSearch } from "../../../store/sqlite/threaded-search.ts";
import { temporaryFolders } from "../../../store/temporary-folder.test-support.ts";
import type { MessageSearch } from "../../chat/message-search.ts";
import type { MessageStore } from "../../chat/message-store.ts";
import type { Control } from "../../protocol/v2/control.ts";
import { PeerClient } from "./peer-client.test-support.ts";
import { startTestServer, type TestServer } from "../session/test-client.test-support.ts";

let running: TestServer;
let store: MessageStore;
let search: MessageSearch;

beforeEach(async () => {
  const folder = makeFolder();
  const accounts = openDatabase(join(folder, "pcs.sqlite"));
  const path = join(folder, "messages.sqlite");
  ({ store } = openMessages(path, accounts, (problem) => {
    throw new Error(problem);
  }));
  accounts.close();
  search = new ThreadedSearch(path, join(folder, "search.sqlite"), (problem) => {
    throw new Error(problem);
  });
  running = await startTestServer({ ports: { messages: store, search } });
});
afterEach(async () => {
  await running.stop();
  await Promise.all([store.close(), search.close()]);
});
// Behind the end of all that is in it.
const makeFolder = temporaryFolders();

async function enter(name: string): Promise<PeerClient> {
  const client = await PeerClient.registered(running.port, name);
  await client.join();
  return client;
}

async function find(client: PeerClient, words: string, more: Partial<Control<"search">> = {}) {
  for (;;) {
    client.drain();
    client.send("search", { ask: client.ask++, words, ...more });
    const answer = await next(client, "search");
    if (answer.behind !== true) return answer;
    await Bun.sleep(20);
  }
}

async function next<H extends "search" | "error">(client: PeerClient, header: H): Promise<Control<H>> {
  for (;;) {
    const heard = await client.next();
    if (heard.header === header) return heard.content as Control<H>;
    if (heard.header === "error") throw new Error(JSON.stringify(heard.content));
  }
}

async function joinedOf(client: PeerClient, room: string) {
  const { read, unread } = await client.join(room);
  return { read, unread };
}

const texts = ({ found = [] }: Control<"search">) => found.map(({ text }) => text);

describe("search", () => {
  test("finds what was said in one's rooms and privately, and nothing of others", async () => {
    const [ann, bob, eve] = [await enter("ann"), await enter("bob"), await enter("eve")];
    const { number } = await bob.join("group");
    ann.say("homework in main");
    bob.say("homework in the group", number);
    bob.tell("eve", "homework for eve alone");
    while (store.lastId() < 3) await Bun.sleep(5);
    expect(texts(await find(bob, "homework"))).toEqual([
      "homework for eve alone",
      "homework in the group",
      "homework in main",
    ]);
    expect(texts(await find(bob, "homework", { number }))).toEqual(["homework in the group"]);
    expect(texts(await find(ann, "homework"))).toEqual(["homework in main"]);
    const { found } = await find(eve, "HOME*");
    expect(found).toMatchObject([
      { from: "bob", to: "eve", text: "homework for eve alone" },
      { from: "ann", room: "main", text: "homework in main" },
    ]);
    expect(Math.abs(found![0]!.timeMs - Date.now())).toBeLessThan(20_000);
    ann.send("search", { ask: 9, words: "homework", number });
    expect(await next(ann, "error")).toMatchObject({ code: "room", ask: 9 });
  });

  test("page by page, and a long text as the part around what was found", async () => {
    const ann = await enter("ann");
    for (let i = 0; i < 30; i++) ann.say(`note ${i} ${"x ".repeat(2_000)}`);
    while (store.lastId() < 30) await Bun.sleep(5);
    let page = await find(ann, "note", { count: 25 });
    expect([texts(page).length, page.more]).toEqual([25, true]);
    expect(texts(page)[0]).toMatch(/^note 29 .{280,295}…$/);
    page = await find(ann, "note", { before: page.found!.at(-1)!.id });
    expect([texts(page).length, page.more]).toEqual([5, false]);
  });

  test.each([
    ["x".repeat(10_000), "A search has at most 200 characters."],
    ["\0", "A search needs a word."],
    ['""', "A search needs a word."],
    ["a*", "A beginning of a word has at least 3 letters."],
  ])("%p is explained", async (words, text) => {
    const ann = await enter("ann");
    ann.send("search", { ask: 1, words });
    expect(await next(ann, "error")).toEqual({ code: "search", text, ask: 1 });
    expect(texts(await find(ann, 'NEAR(a b) OR "x" NOT words:y -z ^q {r} \''))).toEqual([]);
  });

  test("one at a time", async () => {
    const ann = await enter("ann");
    // After a search that took long is a rest: then the second one comes when the first is done.
    for (let ask = 1; ask < 40; ask += 2) {
      for (const each of [ask, ask + 1]) ann.send("search", { ask: each, words: "x" });
      const answers: { ask: number; code?: string }[] = [];
      while (answers.length < 2) {
        const { header, content } = await ann.next();
        if (header === "search" || header === "error")
          answers.push(content as { ask: number; code?: string });
      }
      const refused = answers.find(({ code }) => code !== undefined);
      if (refused === undefined) continue;
      expect(refused).toMatchObject({ code: "limit", ask: ask + 1 });
      return;
    }
    throw new Error("none of the second searches was refused");
  });
});

describe("what is read", () => {
  test("is kept, and what is newer is counted, on joining and in the list", async () => {
    const [ann, bob] = [await enter("ann"), await enter("bob")];
    const { number } = await bob.join("group");
    expect(await joinedOf(ann, "group")).toEqual({ read: undefined, unread: undefined });
    for (const text of ["one", "two", "three"]) bob.say(text, number);
    const heard: number[] = [];
    while (heard.length < 3) heard.push(((await ann.expect("m")) as { id: number }).id);
    const id = heard[0]!;
    ann.send("read", { number, id });
    expect(await joinedOf(ann, "group")).toEqual({ read: id, unread: 2 });
    ann.send("read", { number, id: id - 1 });
    ann.drain();
    ann.send("rooms", { ask: 1 });
    expect(((await ann.expect("rooms")) as Control<"rooms">).rooms).toMatchObject([
      { room: "main" },
      { room: "group", unread: 2 },
    ]);
    ann.send("read", { number, id: 2 ** 50 });
    expect(await joinedOf(ann, "group")).toEqual({ read: id + 2, unread: 0 });
    ann.send("read", { number: 99, id: 1 });
    expect(await next(ann, "error")).toMatchObject({ code: "room" });
  });
});

test("who comes in is told how long messages are kept", async () => {
  const ann = await PeerClient.greeted(running.port);
  const seat = await ann.logIn({ name: "ann", password: "long enough", create: true });
  expect(seat.kept).toEqual({ days: 90, bytes: 1 << 30 });
});
