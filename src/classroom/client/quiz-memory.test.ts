import { describe, expect, test } from "bun:test";
import type { Control } from "../protocol/v2/control.ts";
import { maxAnswerBytes } from "./limits.ts";
import { QuizMemory } from "./quiz-memory.ts";

const question = (number: number, round?: number): Control<"question"> => ({
  quiz: 7,
  number,
  text: "?",
  options: [],
  ...(round === undefined ? {} : { round }),
});

describe("a quiz one by one", () => {
  let now = 1_000;
  const memory = new QuizMemory(() => now);

  test("before it, nothing can be answered", () => {
    expect(memory.answer("a")).toBe("There is no quiz now.");
  });

  test("each question is shown once, a round of it more is another, and an answer is for the latest", () => {
    memory.begin({ quiz: 7, questions: 2, pace: "timed" });
    expect(memory.answer("a")).toEqual({ quiz: 7, answer: "a" });
    expect([memory.show(question(1, 1)), memory.show(question(1, 1))]).toEqual([true, false]);
    now += 1_500.7;
    expect(memory.answer("b")).toEqual({ quiz: 7, number: 1, round: 1, answer: "b", elapsedMs: 1_500 });
    expect(memory.show(question(1, 2))).toBe(true);
    expect(memory.answer("b")).toMatchObject({ number: 1, round: 2, elapsedMs: 0 });
    memory.begin({ quiz: 7, questions: 2, pace: "timed" });
    expect([memory.show(question(1, 2)), memory.show(question(2))]).toEqual([false, true]);
    expect(memory.answer("b")).toEqual({ quiz: 7, number: 2, answer: "b", elapsedMs: 0 });
  });

  test("that an answer is kept is said at its acknowledgement, or once to who comes back", () => {
    const answer = { quiz: 7, number: 2, answer: "b" };
    expect(memory.hearAnswered(question(2))).toBeUndefined();
    expect(memory.hearAnswered({ ...question(2), answered: "b" })).toBe("Your answer to question 2 is kept.");
    expect(memory.hearAnswered({ ...question(2), answered: "b" })).toBeUndefined();
    // One that was changed is kept once more.
    expect(memory.keep(answer)).toBe("Your answer to question 2 is kept.");
    expect([memory.keep({ quiz: 6, number: 2, answer: "b" }), memory.keep({ quiz: 7, answer: "b" })]).toEqual(
      [undefined, undefined],
    );
  });

  test("another quiz begins anew", () => {
    memory.begin({ quiz: 8, questions: 2, pace: "teacher" });
    expect(memory.answer("x")).toEqual({ quiz: 8, answer: "x" });
    expect(memory.show({ ...question(1), quiz: 8 })).toBe(true);
  });

  test("an answer that no frame could hold is told", () => {
    expect(memory.answer("\0".repeat(maxAnswerBytes))).not.toBeString();
    expect(memory.answer("x".repeat(maxAnswerBytes + 1))).toBe("An answer has at most 10000 bytes.");
  });
});

test.each(["all-at-once", undefined] as const)("with pace %p an answer is for all of it", (pace) => {
  const memory = new QuizMemory(() => 0);
  memory.begin({ quiz: 7, questions: 2, ...(pace === undefined ? {} : { pace }) });
  memory.show(question(1));
  expect(memory.answer("a b")).toEqual({ quiz: 7, answer: "a b" });
});
