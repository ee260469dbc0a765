import { expect, test } from "bun:test";
import { KeySet } from "./key-set.ts";

test("has what was added, 0 too, until another displaces it", () => {
  const keys = new KeySet(8);
  expect(keys.has(0)).toBe(false);
  keys.add(0);
  keys.add(-5);
  expect([keys.has(0), keys.has(-5), keys.has(3), keys.has(8)]).toEqual([true, true, false, false]);
  keys.add(8);
  expect([keys.has(0), keys.has(8)]).toEqual([false, true]);
});
