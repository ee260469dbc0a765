import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { parseGift } from "../banks/parse-gift.ts";
import { fromShown, isFitting, matchAnswers, shownCount, type GivenAnswer } from "./given-answer.ts";
import { maxAnswerLength } from "./limits.ts";

const [one, many, match, order, number, short, description, trueFalse] = parseGift(
  "Q{=a ~b ~c}\n\nQ{~%50%a ~%50%b ~c}\n\nM{=a -> x =b -> y =c -> x = -> z}\n\nO{>3\na\nb\nc}\n\nQ{#3}\n\nQ{=x}\n\nD\n\nQ{T}",
).questions;

describe("whether an answer fits", () => {
  for (const [what, question, given, fits] of [
    ["one option", one, { kind: "choice", options: [2] }, true],
    ["two options for one", one, { kind: "choice", options: [0, 1] }, false],
    ["no option", one, { kind: "choice", options: [] }, false],
    ["an option beyond", one, { kind: "choice", options: [3] }, false],
    ["a negative option", one, { kind: "choice", options: [-1] }, false],
    ["half an option", one, { kind: "choice", options: [0.5] }, false],
    ["words for an option", one, { kind: "text", text: "a" }, false],
    ["many options", many, { kind: "choice", options: [2, 0] }, true],
    ["none of many", many, { kind: "choice", options: [] }, true],
    ["an option twice", many, { kind: "choice", options: [0, 0] }, false],
    ["matches", match, { kind: "match", matches: [2, -1, 0] }, true],
    ["a match beyond", match, { kind: "match", matches: [3, 0, 0] }, false],
    ["too few matches", match, { kind: "match", matches: [0, 0] }, false],
    ["an order", order, { kind: "order", items: [2, 0, 1] }, true],
    ["an item twice", order, { kind: "order", items: [0, 0, 1] }, false],
    ["too few items", order, { kind: "order", items: [0, 1] }, false],
    ["a number", number, { kind: "number", value: -1.5 }, true],
    ["no number", number, { kind: "number", value: NaN }, false],
    ["words", short, { kind: "text", text: "" }, true],
    ["too many words", short, { kind: "text", text: "x".repeat(maxAnswerLength + 1) }, false],
    ["anything to a description", description, { kind: "text", text: "" }, false],
    ["true", trueFalse, { kind: "true-false", value: true }, true],
  ] as [string, NonNullable<typeof one>, GivenAnswer, boolean][])
    test(what, () => expect(isFitting(question, given)).toBe(fits));
});

test("a match is offered once", () => {
  expect(match?.kind === "match" ? matchAnswers(match) : []).toEqual(["x", "y", "z"]);
  expect([one, match, order, number].map((question) => shownCount(question!))).toEqual([3, 3, 3, 0]);
});

test("what was shown becomes what the bank holds", () => {
  const order = [2, 0, 1];
  expect(fromShown({ kind: "choice", options: [0, 1] }, order)).toEqual({ kind: "choice", options: [0, 2] });
  expect(fromShown({ kind: "match", matches: [0, -1, 2] }, order)).toEqual({
    kind: "match",
    matches: [2, -1, 1],
  });
  expect(fromShown({ kind: "order", items: [1, 2, 0] }, order)).toEqual({ kind: "order", items: [0, 1, 2] });
  fc.assert(
    fc.property(
      fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
      fc.subarray([0, 1, 2, 3]),
      (order, shown) => {
        const inBank = fromShown({ kind: "choice", options: shown }, order);
        expect(inBank.kind === "choice" ? inBank.options : []).toEqual(
          shown.map((each) => order[each]!).sort((a, b) => a - b),
        );
      },
    ),
  );
});
