import { describe, expect, test } from "bun:test";
import { QuizRun } from "./quiz-run.ts";

const run = () =>
  new QuizRun(
    {
      questions: [
        { text: "One?", options: ["a. x", "b. y"] },
        { text: "Two?", options: [] },
        { text: "Three?", options: ["a. x"] },
      ],
      answers: ["a", "b", "paris"],
    },
    "s.csv",
  );

describe("answers", () => {
  for (const [text, score] of [
    ["a b paris", 3],
    ["A B Paris", 3],
    ["  a\tb\n paris ", 3],
    ["a b", 2],
    ["b a", 0],
    ["a x paris", 2],
    ["", 0],
    ["a b paris and more", 3],
    ["abparis", 0],
  ] as const)
    test(`${JSON.stringify(text)} has ${score} right`, () => expect(run().answer("ann", text)).toBe(score));

  test("are counted once a name, in any case, until they are forgotten", () => {
    const quiz = run();
    expect(quiz.answer("Ann", "")).toBe(0);
    expect(quiz.answer("aNN", "a b paris")).toBeUndefined();
    expect(quiz.answer("bob", "a")).toBe(1);
    expect(quiz.answeredCount).toBe(2);
    quiz.forget("ANN");
    expect(quiz.answer("ann", "a b paris")).toBe(3);
  });
});

test("the questions stand in one payload, numbered from 1, the options joined by a blank", () => {
  const rule = `${"-".repeat(29)}\n\n`;
  expect(run().payloads()).toEqual([
    `Question 1: One?\n\nOptions: a. x b. y\n\n${rule}` +
      `Question 2: Two?\n\nOptions: \n\n${rule}` +
      `Question 3: Three?\n\nOptions: a. x\n\n${rule}`,
  ]);
});
