import { Database } from "bun:sqlite";
import { afterEach, describe, expect, test } from "bun:test";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { MessageStore } from "../../classroom/chat/message-store.ts";
import { testMessageStore } from "../message-store.test-support.ts";
import { temporaryFolders } from "../temporary-folder.test-support.ts";
import { openDatabase } from "./database.ts";
import { openMessages, type OpenedMessages } from "./open-messages.ts";

const makeFolder = temporaryFolders();
const opened: MessageStore[] = [];
const told: string[] = [];
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

function open(folder: string): OpenedMessages {
  const accounts = openDatabase(join(folder, "pcs.sqlite"));
  const messages = openMessages(join(folder, "messages.sqlite"), accounts, (problem) => told.push(problem));
  accounts.close();
  opened.push(messages.store);
  return messages;
}

testMessageStore("SQLite, written by a thread", () => open(makeFolder()).store);

const message = (id: number) => ({ id, room: 1, sender: "ann", recipient: "", text: "x", timeMs: 1 });
const noTags = new Map<string, number>();

test("a batch is kept whole or not at all, in order, and is there when the file is opened again", async () => {
  const folder = makeFolder();
  const { store } = open(folder);
  store.addRoom({ number: 1, name: "main" });
  const results = await Promise.all(
    [
      store.append([message(1)], new Map([["ann", 1]])),
      store.append([message(2), message(1)], new Map([["ann", 2]])),
      store.append([message(3)], noTags),
    ].map((each) => each.then(() => "kept", String)),
  );
  expect(results[0]).toBe("kept");
  expect(results[1]).toMatch(/^ExpectedError: messages cannot be kept: UNIQUE constraint failed/);
  expect(results[2]).toBe("kept");
  expect([store.lastId(), store.lastTag("ann")]).toEqual([3, 1]);
  await store.close();
  const again = open(folder);
  expect([again.problem, again.store.rooms()]).toEqual([undefined, [{ number: 1, name: "main" }]]);
  expect(again.store.inRoom(1, 0, 9, 9)).toEqual([message(1), message(3)]);
});

test("what nobody waits for is kept when it closes, and is true before", async () => {
  const folder = makeFolder();
  const { store } = open(folder);
  store.setSeen("ann", 7);
  store.setSeen("ann", 5);
  store.addRoom({ number: 4, name: "group" });
  expect(store.seen("ann")).toBe(7);
  await store.close();
  const { store: again } = open(folder);
  expect([again.seen("ann"), again.rooms()]).toEqual([7, [{ number: 4, name: "group" }]]);
});

test("a room and what was seen are kept with the next batch where one fails", async () => {
  const folder = makeFolder();
  const { store } = open(folder);
  await store.append([message(1)], noTags);
  store.setSeen("ann", 7);
  store.addRoom({ number: 4, name: "group" });
  await store.append([message(1)], noTags).catch(() => undefined);
  expect(store.seen("ann")).toBe(7);
  await store.append([message(2)], noTags);
  expect([store.seen("ann"), store.rooms().length]).toEqual([7, 1]);
});

describe("a damaged file is told, kept aside, and not written over", () => {
  test.each<[string, (bytes: Buffer) => Buffer]>([
    ["no database", () => Buffer.from("this is no database at all ".repeat(100))],
    ["cut in the middle", (bytes) => bytes.subarray(0, 4096 * 3 + 100)],
    ["written over in the middle", (bytes) => bytes.fill(0xa5, 4096)],
  ])("%s", async (_, damage) => {
    const folder = makeFolder();
    const path = join(folder, "messages.sqlite");
    const { store } = open(folder);
    await store.append(
      Array.from({ length: 500 }, (_each, i) => ({ ...message(i + 1), text: "x".repeat(100) })),
      noTags,
    );
    await store.close();
    const damaged = damage(readFileSync(path));
    writeFileSync(path, damaged);
    const again = open(folder);
    expect(again.problem).toBe(
      `${path} is damaged: it is kept as ${path}.damaged-1, and the messages in it are not shown any more.`,
    );
    expect(again.store.lastId()).toBe(0);
    await again.store.append([message(1)], noTags);
    expect(readFileSync(`${path}.damaged-1`).equals(damaged)).toBe(true);
  });
});

test("what an older pcs kept among the accounts is moved, once", async () => {
  const folder = makeFolder();
  const accounts = openDatabase(join(folder, "pcs.sqlite"));
  accounts.run("INSERT INTO rooms VALUES (1, 'main'), (3, 'group')");
  accounts.run("INSERT INTO messages VALUES (3, 2, 'ann', 'hello', 5)");
  accounts.run("INSERT INTO private_messages VALUES (4, 'bob', 'Bob', 'ann', 'psst', 6)");
  accounts.run("INSERT INTO people VALUES ('ann', 9, 2)");
  accounts.close();
  const { store } = open(folder);
  expect(store.rooms().map(({ name }) => name)).toEqual(["main", "group"]);
  expect(store.inRoom(3, 0, 9, 9)).toMatchObject([{ id: 2, sender: "ann", text: "hello", timeMs: 5 }]);
  expect(store.toPerson("bob", 0, 9)).toMatchObject([{ id: 4, recipient: "Bob", text: "psst" }]);
  expect([store.lastId(), store.lastTag("ann"), store.seen("ann")]).toEqual([4, 9, 2]);
  await store.close();
  const left = new Database(join(folder, "pcs.sqlite"));
  expect(left.query("SELECT count(*) AS n FROM messages").get()).toEqual({ n: 0 });
  left.close();
  expect(open(folder).store.lastId()).toBe(4);
});

test("while the disk takes nothing each batch is told, and then all goes on", async () => {
  const folder = makeFolder();
  const { store } = open(folder);
  await store.append([message(1)], noTags);
  const other = new Database(join(folder, "messages.sqlite"));
  other.run("CREATE TRIGGER full BEFORE INSERT ON messages BEGIN SELECT raise(ABORT, 'no room'); END");
  expect(await store.append([message(2)], noTags).catch(String)).toBe(
    "ExpectedError: messages cannot be kept: no room.",
  );
  other.run("DROP TRIGGER full");
  other.close();
  await store.append([message(3)], noTags);
  expect(store.inRoom(1, 0, 9, 9)).toEqual([message(1), message(3)]);
});

test("what is more than the size that is kept goes, the oldest first", async () => {
  const { store } = open(makeFolder());
  const texts = Array.from({ length: 1_000 }, (_, i) => ({ ...message(i + 1), text: "x".repeat(1_000) }));
  await store.append(texts, noTags);
  const bounds = { olderThanMs: undefined, maxBytes: 500_000, most: 100 };
  let slices = 0;
  while ((await store.prune(bounds)).isMore) slices++;
  const left = store.inRoom(1, 0, 2_000, 2_000);
  expect(slices).toBeGreaterThan(3);
  expect(left.length).toBeWithin(200, 500);
  expect(left.at(-1)?.id).toBe(1_000);
  expect(left[0]?.id).toBe(1_001 - left.length);
});

test("what is damaged while it is open is told once, and nobody is kept out for it", async () => {
  const folder = makeFolder();
  const path = join(folder, "messages.sqlite");
  const { store } = open(folder);
  // More than a connection keeps in memory.
  const texts = Array.from({ length: 3_000 }, (_, i) => ({ ...message(i + 1), text: "x".repeat(3_000) }));
  await store.append(texts, noTags);
  await store.close();
  const { store: again } = open(folder);
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.fill(0xa5, 4096 * 20, bytes.length - 4096 * 2));
  told.length = 0;
  for (let since = 0; since < 3_000; since += 500) again.inRoom(1, since, since + 500, 500);
  expect(told).toEqual(["Messages cannot be read: database disk image is malformed."]);
});
