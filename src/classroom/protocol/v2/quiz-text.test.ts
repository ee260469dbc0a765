import { expect, test } from "bun:test";
import { questionText, resultText } from "./quiz-text.ts";

const rule = `${"-".repeat(29)}\n\n`;

test("a question with its prompts, options and how to answer it", () => {
  expect(questionText({ number: 1, text: "Q?", options: ["a. x", "b. y"] })).toBe(
    `Question 1: Q?\n\nOptions: a. x b. y\n\n${rule}`,
  );
  expect(questionText({ number: 2, text: "Q?", options: ["a. x"], prompts: ["p", "q"], form: "match" })).toBe(
    `Question 2: Q?\n1) p\n2) q\n\nOptions: a. x (a letter for each, in this order, - for none)\n\n${rule}`,
  );
  expect(questionText({ number: 3, text: "Q?", options: ["a. x"], form: "choices", leftMs: 12_300 })).toBe(
    `Question 3: Q?\n\nOptions: a. x (any number of letters: a c) (13 s left)\n\n${rule}`,
  );
});

test("what became of an answer", () => {
  for (const [result, text] of [
    [{}, "Question 1: not answered."],
    [{ answered: "a" }, "Question 1: kept."],
    [{ answered: "a", fraction: 1, points: 1 }, "Question 1: right, 1 point."],
    [{ answered: "a", fraction: 0.5, points: 0.5 }, "Question 1: partly right, 0.5 points."],
    [
      { answered: "a", fraction: 0, points: 0, right: "b. x", feedback: "No." },
      "Question 1: wrong, 0 points. Right: b. x. No.",
    ],
  ] as const)
    expect(resultText({ quiz: 1, number: 1, ...result })).toBe(text);
});
