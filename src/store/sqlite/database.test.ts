import { describe, expect, test } from "bun:test";
import { Database } from "bun:sqlite";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sentenceOf, temporaryFolders } from "../temporary-folder.test-support.ts";
import { openDatabase } from "./database.ts";

const makeFolder = temporaryFolders();
const newPath = () => join(makeFolder(), "pcs.sqlite");

describe("told in one sentence", () => {
  test("a file that is no database", () => {
    const path = newPath();
    writeFileSync(path, "this is some text and no database at all ".repeat(100));
    expect(sentenceOf(() => openDatabase(path))).toBe(
      `ExpectedError: the database ${path} cannot be used: file is not a database.`,
    );
  });

  test("a folder in its place", () => {
    const path = newPath();
    mkdirSync(path);
    expect(sentenceOf(() => openDatabase(path))).toMatch(
      /^ExpectedError: the database .* cannot be used: unable to open database file\.$/,
    );
  });

  test("a database of a newer pcs, which is left as it is", () => {
    const path = newPath();
    openDatabase(path).close();
    const newer = new Database(path);
    newer.run("PRAGMA user_version = 1000");
    newer.close();
    expect(sentenceOf(() => openDatabase(path))).toBe(
      `ExpectedError: the database ${path} was made by a newer pcs.`,
    );
    const after = new Database(path);
    expect(after.query("PRAGMA user_version").get()).toEqual({ user_version: 1000 });
    after.close();
  });
});

test("what is committed survives the machine: WAL and a full sync", () => {
  const database = openDatabase(newPath());
  expect(database.query("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
  expect(database.query("PRAGMA synchronous").get()).toEqual({ synchronous: 2 });
  database.close();
});

test("is brought up to date once", () => {
  const path = newPath();
  openDatabase(path).close();
  const again = openDatabase(path);
  expect(again.query("PRAGMA user_version").get()).toEqual({ user_version: 4 });
  again.close();
});
