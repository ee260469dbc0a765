import { describe, expect, test } from "bun:test";
import { parseGift } from "../banks/parse-gift.ts";
import type { GivenAnswer } from "./given-answer.ts";
import { parseTypedAnswer, shownLetter } from "./typed-answer.ts";

const asked = Object.fromEntries(
  parseGift(
    "::one::Q{=a ~b ~c}\n\n::many::Q{~%50%a ~%50%b ~c}\n\n::tf::Q{T}\n\n::number::Q{#3}\n\n::short::Q{=x}\n\n::match::Q{=a -> x =b -> y}\n\n::order::Q{>3\na\nb\nc}\n\n::essay::Q{}\n\n::none::Q",
  ).questions.map((question) => [question.title, question]),
);

describe("what is typed", () => {
  for (const [title, typed, given] of [
    ["one", " B ", { kind: "choice", options: [1] }],
    ["one", "a b", undefined],
    ["one", "d", undefined],
    ["one", "-", undefined],
    ["one", "", undefined],
    ["one", "b.", undefined],
    ["many", "a, C", { kind: "choice", options: [0, 2] }],
    ["many", "a a", undefined],
    ["tf", "True", { kind: "true-false", value: true }],
    ["tf", "f", { kind: "true-false", value: false }],
    ["tf", "maybe", undefined],
    ["number", "-1.5e3", { kind: "number", value: -1500 }],
    ["number", "3,14", { kind: "number", value: 3.14 }],
    ["number", "1,000.5", undefined],
    ["number", "three", undefined],
    ["short", "  two words ", { kind: "text", text: "two words" }],
    ["short", " ", undefined],
    ["match", "b -", { kind: "match", matches: [1, -1] }],
    ["match", "b", undefined],
    ["order", "c a b", { kind: "order", items: [2, 0, 1] }],
    ["order", "c a", undefined],
    ["essay", "all of it", { kind: "text", text: "all of it" }],
    ["none", "a", undefined],
  ] as const)
    test(`${title}: ${JSON.stringify(typed)}`, () =>
      expect(parseTypedAnswer(asked[title]!, typed)).toEqual(given as GivenAnswer | undefined));

  test("letters go on after z", () => {
    expect([0, 25, 26, 27, 51, 52].map(shownLetter)).toEqual(["a", "z", "aa", "ab", "az", "ba"]);
    const options = Array.from({ length: 60 }, (_, index) => ({ text: `${index}`, weight: 0, feedback: "" }));
    const long = { ...asked["one"]!, kind: "choice" as const, single: true, options };
    for (let place = 0; place < 60; place++)
      expect(parseTypedAnswer(long, shownLetter(place))).toEqual({ kind: "choice", options: [place] });
  });
});
