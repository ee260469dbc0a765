import { expect, test } from "bun:test";
import { join } from "node:path";
import { testMessageStore } from "../message-store.test-support.ts";
import { sentenceOf, temporaryFolders } from "../temporary-folder.test-support.ts";
import { openDatabase } from "./database.ts";
import { sqliteMessages } from "./sqlite-messages.ts";

const makeFolder = temporaryFolders();

testMessageStore("SQLite", () => sqliteMessages(openDatabase(join(makeFolder(), "pcs.sqlite"))));

const message = (id: number) => ({ id, room: 1, sender: "ann", recipient: "", text: "x", timeMs: 1 });

test("a batch is kept whole or not at all, and is there when the file is opened again", () => {
  const path = join(makeFolder(), "pcs.sqlite");
  const database = openDatabase(path);
  const store = sqliteMessages(database);
  store.addRoom({ number: 1, name: "main" });
  store.append([message(1)], new Map([["ann", 1]]));
  expect(sentenceOf(() => store.append([message(2), message(1)], new Map([["ann", 2]])))).toMatch(
    /^ExpectedError: messages cannot be kept: UNIQUE constraint failed/,
  );
  expect([store.lastId(), store.lastTag("ann")]).toEqual([1, 1]);
  expect(sentenceOf(() => store.addRoom({ number: 1, name: "again" }))).toMatch(
    /^ExpectedError: the room cannot/,
  );
  database.close();
  const reopened = openDatabase(path);
  expect(sqliteMessages(reopened).inRoom(1, 0, 9, 9)).toEqual([message(1)]);
  reopened.close();
});
