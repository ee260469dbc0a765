import { expect, test } from "bun:test";
import { join } from "node:path";
import { testTokenStore } from "../token-store.test-support.ts";
import { temporaryFolders } from "../temporary-folder.test-support.ts";
import { openDatabase } from "./database.ts";
import { sqliteTokens } from "./sqlite-tokens.ts";

const makeFolder = temporaryFolders();

test("a disk that takes nothing is told in one sentence, and what is there opens all the same", () => {
  const database = openDatabase(join(makeFolder(), "pcs.sqlite"));
  const tokens = sqliteTokens(database);
  tokens.add("hash", "ann", 1, 10);
  database.run("PRAGMA query_only = ON");
  expect(() => tokens.add("other", "ann", 2, 10)).toThrow(/^a login cannot be kept: .*\.$/);
  expect(() => tokens.removeAll("ann")).toThrow(/^the end of a login cannot be kept: .*\.$/);
  expect(tokens.use("hash", 1e9, 0)).toBe("ann");
});

testTokenStore("SQLite", () => sqliteTokens(openDatabase(join(makeFolder(), "pcs.sqlite"))));
