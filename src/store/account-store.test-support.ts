/** What every store of accounts promises, run over each of them. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { AccountStore } from "../classroom/accounts/account-store.ts";

/** @param open makes an empty store */
export function testAccountStore(what: string, open: () => AccountStore): void {
  describe(`a store of accounts: ${what}`, () => {
    let store: AccountStore;
    beforeEach(() => {
      store = open();
    });
    afterEach(() => store.close());

    test("finds what was added, and nothing else", () => {
      const ann = { name: "Ann", passwordHash: "$argon2id$ann" };
      expect(store.find("ann")).toBeUndefined();
      expect(store.add("ann", ann, 1)).toBe(true);
      expect(store.find("ann")).toEqual(ann);
      for (const key of ["", "Ann", "ann ", "an", "bob", "%", "ann\0"])
        expect(store.find(key)).toBeUndefined();
    });

    test("replaces nothing", () => {
      store.add("ann", { name: "Ann", passwordHash: "first" }, 1);
      expect(store.add("ann", { name: "ANN", passwordHash: "second" }, 2)).toBe(false);
      expect(store.find("ann")).toEqual({ name: "Ann", passwordHash: "first" });
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
        const account = { name, passwordHash: `hash of ${name}` };
        expect(store.add(name, account, 1)).toBe(true);
        expect(store.find(name)).toEqual(account);
      }
    });

    test("keeps hundreds apart", () => {
      for (let i = 0; i < 300; i++) store.add(`p${i}`, { name: `P${i}`, passwordHash: `h${i}` }, i);
      for (let i = 0; i < 300; i++)
        expect(store.find(`p${i}`)).toEqual({ name: `P${i}`, passwordHash: `h${i}` });
      store.add("p0", { name: "again", passwordHash: "x" }, 1);
      expect(store.count()).toBe(300);
    });
  });
}
