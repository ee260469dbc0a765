import { expect, test } from "bun:test";
import { asManyAsFit } from "./as-many-as-fit.ts";

test("few items all fit, and of many the first do", () => {
  expect(asManyAsFit(["a", "b"])).toEqual(["a", "b"]);
  expect(asManyAsFit([])).toEqual([]);
  const names = Array.from({ length: 1_000 }, (_, index) => `${index}${"🎓".repeat(28)}`);
  const fitting = asManyAsFit(names);
  expect(fitting).toEqual(names.slice(0, fitting.length));
  expect(JSON.stringify(fitting).length).toBeGreaterThan(30_000);
  expect(Buffer.byteLength(JSON.stringify(fitting))).toBeLessThan(64 << 10);
});

test("one that is too long by itself is left out", () => {
  expect(asManyAsFit(["x".repeat(70_000)])).toEqual([]);
});
