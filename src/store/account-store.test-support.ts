/** What every store of accounts promises, run over each of them. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { newAccount, type AccountStore } from "../classroom/accounts/account-store.ts";

/** @param open makes an empty store */
export function testAccountStore(what: string, open: () => AccountStore): void {
  describe(`a store of accounts: ${what}`, () => {
    let store: AccountStore;
    beforeEach(() => {
      store = open();
    });
    afterEach(() => store.close());

    test("finds what was added, and nothing else", () => {
      const ann = newAccount("Ann", "$argon2id$ann");
      expect(store.find("ann")).toBeUndefined();
      expect(store.add("ann", ann, 1)).toBe(true);
      expect(store.find("ann")).toEqual(ann);
      for (const key of ["", "Ann", "ann ", "an", "bob", "%", "ann\0"])
        expect(store.find(key)).toBeUndefined();
    });

    test("replaces nothing", () => {
      store.add("ann", newAccount("Ann", "first"), 1);
      expect(store.add("ann", newAccount("ANN", "second"), 2)).toBe(false);
      expect(store.find("ann")).toEqual(newAccount("Ann", "first"));
    });

    test("keeps names of any script, and names that mean something elsewhere", () => {
      for (const name of [
        "José",
        "漢字",
        "🎓",
        "constructor",
        "__proto__",
        "Robert); DROP TABLE accounts;--",
      ]) {
        const account = newAccount(name, `hash of ${name}`);
        expect(store.add(name, account, 1)).toBe(true);
        expect(store.find(name)).toEqual(account);
      }
    });

    test("what changes is there, and nothing else has changed", () => {
      store.add("ann", newAccount("Ann", "first"), 1);
      store.add("bob", newAccount("Bob", "his"), 1);
      expect(store.update("ann", { role: "teacher", group: "G 1" })).toBe(true);
      expect(store.update("ann", { isDisabled: true, passwordHash: "second", isOneTime: true })).toBe(true);
      expect(store.find("ann")).toEqual({
        name: "Ann",
        passwordHash: "second",
        role: "teacher",
        group: "G 1",
        isDisabled: true,
        isOneTime: true,
      });
      expect(store.update("ann", { isDisabled: false, group: "" })).toBe(true);
      expect(store.find("ann")).toMatchObject({ isDisabled: false, isOneTime: true, group: "" });
      expect(store.update("eve", { role: "teacher" })).toBe(false);
      expect(store.update("ann", {})).toBe(true);
      expect(store.find("bob")).toEqual(newAccount("Bob", "his"));
    });

    test("teachers count as long as they can log in, and all are listed by name", () => {
      expect([store.teacherCount(), store.list()]).toEqual([0, []]);
      for (const name of ["Cid", "Ann", "bob"]) store.add(name.toLowerCase(), newAccount(name, "h"), 1);
      store.update("ann", { role: "teacher" });
      store.update("bob", { role: "teacher", isDisabled: true });
      expect(store.teacherCount()).toBe(1);
      expect(store.list().map(({ name, role }) => [name, role])).toEqual([
        ["Ann", "teacher"],
        ["bob", "teacher"],
        ["Cid", "student"],
      ]);
    });

    test("a roster is added at once, and those who are there stay as they are", () => {
      store.add("ann", newAccount("Ann", "hers"), 1);
      const roster = ["ANN", "Bob", "Çelik"].map((name) => newAccount(name, "code"));
      expect(store.addAll(roster, 2).map(({ name }) => name)).toEqual(["Bob", "Çelik"]);
      expect([store.count(), store.find("ann")?.passwordHash]).toEqual([3, "hers"]);
      expect(store.find("bob")).toEqual(roster[1]);
    });

    test("keeps hundreds apart", () => {
      for (let i = 0; i < 300; i++) store.add(`p${i}`, newAccount(`P${i}`, `h${i}`), i);
      for (let i = 0; i < 300; i++) expect(store.find(`p${i}`)).toEqual(newAccount(`P${i}`, `h${i}`));
      store.add("p0", newAccount("again", "x"), 1);
      expect(store.count()).toBe(300);
    });
  });
}
