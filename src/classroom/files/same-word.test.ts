import { expect, test } from "bun:test";
import { sameWord } from "./same-word.ts";

test("the same parts, and no others, have the same word", () => {
  expect(sameWord("a", 1)).toBe(sameWord("a", 1));
  const words = [sameWord("a", 1), sameWord("a1"), sameWord("a", "1"), sameWord("a", 2), sameWord()];
  expect(new Set(words).size).toBe(words.length);
  expect(sameWord("a")).toMatch(/^[\w-]{24}$/);
});
