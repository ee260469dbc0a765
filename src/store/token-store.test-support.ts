/** What every store of tokens promises, run over each of them. */
import { describe, expect, test } from "bun:test";
import type { TokenStore } from "../classroom/accounts/token-store.ts";

const dayMs = 86_400_000;

/** @param open makes an empty store */
export function testTokenStore(what: string, open: () => TokenStore): void {
  describe(`a store of tokens: ${what}`, () => {
    test("a token is found until it is too old, and its use is remembered", () => {
      const store = open();
      expect(store.use("h1", 5 * dayMs, 0)).toBeUndefined();
      store.add("h1", "ann", 10 * dayMs, 9);
      expect(store.use("h1", 20 * dayMs, 9 * dayMs)).toBe("ann");
      expect(store.use("h1", 30 * dayMs, 19 * dayMs)).toBe("ann");
      expect(store.use("h1", 40 * dayMs, 30 * dayMs)).toBeUndefined();
      expect(store.use("h2", 40 * dayMs, 0)).toBeUndefined();
    });

    test("those of a person beyond so many go, the least used first, and others' stay", () => {
      const store = open();
      store.add("bob", "bob", 1, 2);
      for (const [index, hash] of ["a", "b", "c"].entries()) store.add(hash, "ann", 10 + index, 2);
      expect(["a", "b", "c", "bob"].map((hash) => store.use(hash, 20, 0))).toEqual([
        undefined,
        "ann",
        "ann",
        "bob",
      ]);
      store.removeAll("ann");
      expect(["b", "c", "bob"].map((hash) => store.use(hash, 20, 0))).toEqual([undefined, undefined, "bob"]);
    });
  });
}
