import { expect, test } from "bun:test";
import { join } from "node:path";
import { mark, testExpectedMarks } from "../expected-marks.test-support.ts";
import { sentenceOf, temporaryFolders } from "../temporary-folder.test-support.ts";
import { openDatabase } from "./database.ts";
import { expectedMigrations, sqliteExpectedMarks } from "./sqlite-expected-marks.ts";

const makeFolder = temporaryFolders();
const newDatabase = () => openDatabase(join(makeFolder(), "expected.sqlite"), expectedMigrations);

testExpectedMarks("SQLite", () => sqliteExpectedMarks(newDatabase()));

test("two that run at once see each other's marks when they mark something themselves", () => {
  const path = join(makeFolder(), "expected.sqlite");
  const [one, other] = [path, path].map((at) => sqliteExpectedMarks(openDatabase(at, expectedMigrations)));
  one!.add(mark("a"));
  other!.add(mark("a", 7));
  other!.add(mark("b"));
  expect(other!.list()).toEqual([mark("b"), mark("a")]);
  one!.remove("a");
  expect(one!.list()).toEqual([mark("b")]);
  one!.close();
  other!.close();
});

test("a mark that cannot be kept is told in one sentence, and is none", () => {
  const database = newDatabase();
  const marks = sqliteExpectedMarks(database);
  database.run("PRAGMA query_only = 1");
  expect(sentenceOf(() => marks.add(mark("a")))).toBe(
    "ExpectedError: the mark cannot be kept: attempt to write a readonly database.",
  );
  expect(marks.has("a")).toBe(false);
  marks.close();
});
