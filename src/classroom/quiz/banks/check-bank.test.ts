import { describe, expect, test } from "bun:test";
import { formatFinding } from "./bank.ts";
import { checkBank } from "./check-bank.ts";
import { parseGift } from "./parse-gift.ts";

describe("what is doubtful", () => {
  for (const [what, source, told] of [
    ["nothing", "Q{=a ~b}\n\nQ{~%50%a ~%50%b ~%-100%c}\n\nQ{=a}\n\nQ{#3}\n\nM{=a -> b =c -> b}", []],
    ["no right option", "Q{~a ~b}", ["no option is right; it can only be a survey."]],
    ["two right options", "Q{=a =b ~c}", ["2 options are right, and one can be chosen."]],
    [
      "weights that add up to too little",
      "Q{~%50%a ~%40%b}",
      ["the weights of the right options add up to 90 % and not to 100 %."],
    ],
    ["thirds add up", "Q{~%33.33333%a ~%33.33333%b ~%33.33333%c}", []],
    ["an option twice", "Q{=a ~a}", ["the option 'a' is there twice."]],
    ["a prompt twice", "M{=a -> b =a -> c}", ["'a' is to be matched twice."]],
    ["an item twice", "O{>2\na\na}", ["'a' is there twice, so its order cannot be told."]],
    ["no full answer", "Q{=%50%a}", ["no answer has the full weight."]],
    ["a weight that Moodle does not take", "Q{=a ~%42%b}", ["Moodle takes no weight of 42 %."]],
    ["a question without text", "{=a ~b}", ["the question has no text."]],
  ] as const)
    test(what, () =>
      expect(checkBank(parseGift(source)).findings.map(({ sentence }) => sentence)).toEqual([...told]),
    );

  test("the place is the question's, and what is too much is counted", () => {
    const { findings, untold } = checkBank(parseGift(`R{T}\n\n${"Q{~a ~b}\n\n".repeat(105)}`));
    expect([findings.length, untold]).toEqual([100, 5]);
    expect(formatFinding("q", findings[0]!)).toBe(
      "q, line 3, column 1: no option is right; it can only be a survey.",
    );
  });
});
