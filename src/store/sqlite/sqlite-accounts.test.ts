import { describe, expect, test } from "bun:test";
import { newAccount } from "../../classroom/accounts/account-store.ts";
import { join } from "node:path";
import { testAccountStore } from "../account-store.test-support.ts";
import { temporaryFolders } from "../temporary-folder.test-support.ts";
import { openDatabase } from "./database.ts";
import { sqliteAccounts } from "./sqlite-accounts.ts";

const makeFolder = temporaryFolders();

testAccountStore("SQLite", () => sqliteAccounts(openDatabase(join(makeFolder(), "pcs.sqlite"))));

describe("accounts in a file", () => {
  test("are there when it is opened again, with the time they were made", () => {
    const path = join(makeFolder(), "pcs.sqlite");
    const store = sqliteAccounts(openDatabase(path));
    store.add("ann", newAccount("Ann", "hash"), 1_700_000_000_123);
    store.close();
    const database = openDatabase(path);
    expect(sqliteAccounts(database).find("ann")).toEqual(newAccount("Ann", "hash"));
    expect(database.query("SELECT created_at_ms AS at FROM accounts").get()).toEqual({
      at: 1_700_000_000_123,
    });
    database.close();
  });

  test("are read by another connection while the first is open", () => {
    const path = join(makeFolder(), "pcs.sqlite");
    const first = sqliteAccounts(openDatabase(path));
    const second = sqliteAccounts(openDatabase(path));
    first.add("ann", newAccount("Ann", "hash"), 1);
    expect(second.find("ann")?.name).toBe("Ann");
    expect(second.add("ann", newAccount("Ann", "other"), 2)).toBe(false);
    first.close();
    second.close();
  });

  test("a change by another process is noticed once, and one's own is none", () => {
    const path = join(makeFolder(), "pcs.sqlite");
    const first = sqliteAccounts(openDatabase(path));
    const second = sqliteAccounts(openDatabase(path));
    first.wasChangedElsewhere();
    first.add("ann", newAccount("Ann", "hash"), 1);
    expect(first.wasChangedElsewhere()).toBe(false);
    second.update("ann", { isDisabled: true });
    expect([first.wasChangedElsewhere(), first.wasChangedElsewhere()]).toEqual([true, false]);
    expect(first.find("ann")?.isDisabled).toBe(true);
    first.close();
    second.close();
  });

  test("what cannot be kept is told in one sentence", () => {
    const database = openDatabase(join(makeFolder(), "pcs.sqlite"));
    const store = sqliteAccounts(database);
    database.run("PRAGMA query_only = 1");
    expect(() => store.addAll([newAccount("Ann", "h")], 1)).toThrow(
      /^the accounts cannot be kept: attempt to write/,
    );
    store.close();
  });
});
