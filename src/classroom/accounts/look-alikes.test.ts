import * as fc from "fast-check";
import { expect, test } from "bun:test";
import { foldLookAlikes } from "./look-alikes.ts";

test("a word of several alphabets is folded, others are not", () => {
  expect(foldLookAlikes("\u0430nn")).toBe("ann");
  expect(foldLookAlikes("b\u03bfb \u0438\u0432\u0430\u043d")).toBe("bob \u0438\u0432\u0430\u043d");
  expect(foldLookAlikes("\u0441\u043e\u0440")).toBe("\u0441\u043e\u0440");
  expect(foldLookAlikes("\u0441\u03bf\u0440")).toBe("cop");
});

test("what was folded stays so", () => {
  const letters = fc.string({ unit: fc.constantFrom(..."annoοоаαжΩ ".toLowerCase()) });
  fc.assert(
    fc.property(letters, (text) => {
      const folded = foldLookAlikes(text);
      expect(foldLookAlikes(folded)).toBe(folded);
    }),
  );
});
