import { describe, expect, test } from "bun:test";
import type { BankQuestion } from "../banks/question.ts";
import { parseGift } from "../banks/parse-gift.ts";
import type { GivenAnswer } from "./given-answer.ts";
import { gradeAnswer, matchesPattern } from "./grade-answer.ts";

const question = (gift: string): BankQuestion => {
  const { questions, errors } = parseGift(gift);
  expect(errors).toEqual([]);
  return questions[0]!;
};
const chosen = (...options: number[]): GivenAnswer => ({ kind: "choice", options });
const text = (text: string): GivenAnswer => ({ kind: "text", text });
const number = (value: number): GivenAnswer => ({ kind: "number", value });
const matches = (...matches: number[]): GivenAnswer => ({ kind: "match", matches });
const items = (...items: number[]): GivenAnswer => ({ kind: "order", items });

describe("the fraction of an answer", () => {
  for (const [gift, given, fraction, feedback] of [
    ["Q{=a#yes ~%50%b ~%-25%c ~d}", chosen(0), 1, "yes"],
    ["Q{=a#yes ~%50%b ~%-25%c ~d}", chosen(1), 0.5, ""],
    ["Q{=a#yes ~%50%b ~%-25%c ~d}", chosen(2), -0.25, ""],
    ["Q{=a#yes ~%50%b ~%-25%c ~d}", chosen(3), 0, ""],
    ["Q{~%50%a#x ~%50%b#y ~%-100%c}", chosen(0, 1), 1, "x\ny"],
    ["Q{~%50%a#x ~%50%b#y ~%-100%c}", chosen(0), 0.5, "x"],
    ["Q{~%50%a#x ~%50%b#y ~%-100%c}", chosen(0, 2), 0, "x"],
    ["Q{~%50%a#x ~%50%b#y ~%-100%c}", chosen(), 0, ""],
    ["Q{~%33.33333%a ~%33.33333%b ~%33.33333%c}", chosen(0, 1, 2), 1, ""],
    ["Q{TRUE#wrong#right}", { kind: "true-false", value: true }, 1, "right"],
    ["Q{TRUE#wrong#right}", { kind: "true-false", value: false }, 0, "wrong"],
    ["Q{=Frog#good =%50%Cat =%0%*#no}", text(" frog "), 1, "good"],
    ["Q{=Frog#good =%50%Cat =%0%*#no}", text("CAT"), 0.5, ""],
    ["Q{=Frog#good =%50%Cat =%0%*#no}", text("dog"), 0, "no"],
    ["Q{=Frog}", text("dog"), 0, ""],
    ["Q{#=3:0.1#close =%50%3:2 ~#far}", number(3.1), 1, "close"],
    ["Q{#=3:0.1#close =%50%3:2 ~#far}", number(1), 0.5, ""],
    ["Q{#=3:0.1#close =%50%3:2 ~#far}", number(0.9), 0, "far"],
    ["Q{#0.2:0.1}", number(0.3), 1, ""],
    ["Q{#0.1..0.3}", number(0.3), 1, ""],
    ["Q{#0.1..0.3}", number(0.30001), 0, ""],
    ["M{=a -> x =b -> y =c -> x = -> z}", matches(0, 1, 0), 1, ""],
    ["M{=a -> x =b -> y =c -> x = -> z}", matches(0, 2, -1), 1 / 3, ""],
    ["O{>3 ALL V ALL_OR_NOTHING\na\nb\nc}", items(0, 1, 2), 1, ""],
    ["O{>3 ALL V ALL_OR_NOTHING\na\nb\nc}", items(0, 2, 1), 0, ""],
    ["O{>3 ALL V ABSOLUTE\na\nb\nc}", items(0, 2, 1), 1 / 3, ""],
    ["O{>3 ALL V REL\na\nb\nc}", items(2, 0, 1), 1 / 2, ""],
    ["E{}", text("an essay"), undefined, ""],
    ["Q{T}", text("true"), 0, ""],
  ] as [string, GivenAnswer, number | undefined, string][])
    test(`${JSON.stringify(gift)} ${JSON.stringify(given)}`, () =>
      expect(gradeAnswer(question(gift), given)).toEqual({ fraction, feedback }));
});

describe("words and patterns", () => {
  for (const [given, pattern, fits] of [
    ["New  York", "new york", true],
    ["e\u0301te\u0301", "été", true],
    ["newyork", "new york", false],
    ["transport layer", "*layer", true],
    ["transport layer", "trans*", true],
    ["transport layer", "tr*la*r", true],
    ["aba", "ab*ba", false],
    ["abba", "ab*ba", true],
    ["abxcbyd", "a*b*c*d", true],
    ["abxbyd", "a*b*c*d", false],
    ["2*3", "2\\*3", true],
    ["2x3", "2\\*3", false],
    ["a.c", "a.c", true],
    ["abc", "a.c", false],
    ["", "*", true],
    ["a\\b", "a\\b", true],
    ["x", "", false],
  ] as const)
    test(`${given} / ${pattern}`, () => expect(matchesPattern(given, pattern)).toBe(fits));

  test("many stars cost little", () => {
    expect(matchesPattern("a".repeat(4_000), `${"a*".repeat(2_000)}b`)).toBe(false);
  });
});
