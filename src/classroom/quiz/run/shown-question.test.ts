import { describe, expect, test } from "bun:test";
import { parseGift } from "../banks/parse-gift.ts";
import { fromShown, shownCount } from "./given-answer.ts";
import { rightAnswer, shownQuestion, typedAnswer } from "./shown-question.ts";
import { parseTypedAnswer } from "./typed-answer.ts";

const bank = parseGift(
  [
    "Layer of TCP? {=Transport ~Network ~Link}",
    "Which are ports? {~%50%a port ~%50%another ~%-100%none}",
    "Is it? {F}",
    "Who? {=Ann =%50%Anna}",
    "How many? {#3:1}",
    "Between? {#1..5}",
    "Match {=Paris -> France =Rome -> Italy}",
    "Essay {}",
    "Only text.",
  ].join("\n\n"),
).questions;

const reversed = (index: number): number[] =>
  Array.from({ length: shownCount(bank[index]!) }, (_, place) => place).toReversed();

test("options and prompts bear the letters they are answered by", () => {
  expect(shownQuestion(bank[0]!, [2, 0, 1])).toEqual({
    form: "choice",
    text: "Layer of TCP?",
    options: ["a. Link", "b. Transport", "c. Network"],
    prompts: [],
  });
  expect(shownQuestion(bank[6]!, [1, 0])).toMatchObject({
    form: "match",
    options: ["a. Italy", "b. France"],
    prompts: ["Paris", "Rome"],
  });
  expect(shownQuestion(bank[2]!, []).options).toEqual(["a. true", "b. false"]);
  expect(bank.map((question, index) => shownQuestion(question, reversed(index)).form)).toEqual([
    "choice",
    "choices",
    "true-false",
    "text",
    "number",
    "number",
    "match",
    "text",
    "none",
  ]);
});

describe("an answer is shown again as it was typed", () => {
  for (const [index, typed] of [
    [0, "b"],
    [1, "a c"],
    [2, "b"],
    [3, "Ann"],
    [4, "3.5"],
    [6, "b -"],
  ] as const)
    test(typed, () => {
      const given = parseTypedAnswer(bank[index]!, typed)!;
      const order = reversed(index);
      expect(typedAnswer(fromShown(given, order), order)).toBe(typed);
    });
});

test("what would have been right", () => {
  expect(bank.map((question, index) => rightAnswer(question, reversed(index)))).toEqual([
    "c. Transport",
    "b. another and c. a port",
    "false",
    "Ann",
    "3",
    "from 1 to 5",
    "Paris - France; Rome - Italy",
    "",
    "",
  ]);
});
