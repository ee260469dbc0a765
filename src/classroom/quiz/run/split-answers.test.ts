import { expect, test } from "bun:test";
import { splitAnswers } from "./split-answers.ts";

test("a word a question, or what stands between semicolons", () => {
  for (const [typed, answers] of [
    ["a c b", ["a", "c", "b"]],
    [" a  - ", ["a", "", ""]],
    ["a c; 42;b", ["a c", "42", "b"]],
    ["a\nin words\n", ["a", "in words", ""]],
    ["a b c d", ["a", "b", "c"]],
    ["", ["", "", ""]],
  ] as const)
    expect([typed, splitAnswers(typed, 3)]).toEqual([typed, [...answers]]);
});
