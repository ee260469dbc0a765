import { expect, test } from "bun:test";
import { join } from "node:path";
import { testModerationStore } from "../moderation-store.test-support.ts";
import { sentenceOf, temporaryFolders } from "../temporary-folder.test-support.ts";
import { openDatabase } from "./database.ts";
import { sqliteModeration } from "./sqlite-moderation.ts";

const makeFolder = temporaryFolders();

testModerationStore("SQLite", () => sqliteModeration(openDatabase(join(makeFolder(), "pcs.sqlite"))));

test("bans outlive a restart, and of two processes only one uses a code", () => {
  const path = join(makeFolder(), "pcs.sqlite");
  const [first, second] = [openDatabase(path), openDatabase(path)];
  const [one, other] = [sqliteModeration(first), sqliteModeration(second)];
  one.putBan("bob", { name: "Bob", untilMs: 7, by: "", reason: "x" });
  one.setMuted("eve", "eve", true);
  one.setExam(true);
  expect([[...other.mutes()], other.isExam()]).toEqual([[["eve", "eve"]], true]);
  one.addCode("h", 100);
  expect(other.ban("bob")?.untilMs).toBe(7);
  expect([other.useCode("h", 1), one.useCode("h", 1)]).toEqual(["used-now", "used-before"]);
  first.close();
  second.close();
});

test("what cannot be kept is told in one sentence", () => {
  const database = openDatabase(join(makeFolder(), "pcs.sqlite"));
  const store = sqliteModeration(database);
  database.run("PRAGMA query_only = 1");
  expect(sentenceOf(() => store.putBan("bob", { name: "Bob", untilMs: 1, by: "", reason: "" }))).toBe(
    "ExpectedError: the ban of Bob cannot be kept: attempt to write a readonly database.",
  );
  database.close();
});
