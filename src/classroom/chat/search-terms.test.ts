import { describe, expect, test } from "bun:test";
import { excerptOf, maxSearchTerms, parseSearch } from "./search-terms.ts";

const word = (text: string, isPrefix = false) => ({ text, isPrefix });

test.each([
  ["homework", [word("homework")]],
  ["  due   friday ", [word("due"), word("friday")]],
  ['"next friday" due', [word("next friday"), word("due")]],
  ['an "open end', [word("an"), word("open end")]],
  ["home*", [word("home", true)]],
  ["home*** * **", [word("home", true)]],
  ["foo-bar c++", [word("foo-bar"), word("c++")]],
  ["NEAR(a b) OR text:x ^y -z", ["NEAR(a", "b)", "OR", "text:x", "^y", "-z"].map((text) => word(text))],
  ["a\0b\tc", [word("a"), word("b"), word("c")]],
  ['"a\0b"', [word("a b")]],
  ["über 東京 123", [word("über"), word("東京"), word("123")]],
  ["\ud800x", [word("\ufffdx")]],
])("%p", (typed, terms) => {
  expect(parseSearch(typed)).toEqual({ ok: true, terms });
});

test.each([
  ["", "A search needs a word."],
  [' "" * -- \0 ? ', "A search needs a word."],
  ["ab*", "A beginning of a word has at least 3 letters."],
  ["x".repeat(10_000), "A search has at most 200 characters."],
  [Array.from({ length: maxSearchTerms + 1 }, () => "a").join(" "), "A search has at most 16 words."],
])("%p", (typed, reason) => {
  expect(parseSearch(typed)).toEqual({ ok: false, reason });
});

describe("an excerpt", () => {
  test("a short text is whole", () => {
    expect(excerptOf("short", [word("or")], 5)).toBe("short");
  });

  test("a long one is cut around what was found, and never longer", () => {
    const text = `${"a ".repeat(500)}NEEDLE ${"b ".repeat(500)}`;
    const excerpt = excerptOf(text, [word("needle")], 60);
    expect(excerpt).toMatch(/^….*NEEDLE.*…$/);
    for (const term of ["needle", "a", "b", "nothing"])
      for (const most of [10, 60, 300]) {
        const part = excerptOf(text, [word(term)], most);
        expect(part.length).toBeLessThanOrEqual(most);
        expect(text).toContain(part.replaceAll("…", ""));
      }
  });

  test("no half of a character is left", () => {
    expect(excerptOf("😀".repeat(50), [word("x")], 21).isWellFormed()).toBe(true);
  });
});
