import { expect, test } from "bun:test";
import { parseQuiz } from "../quiz-file.ts";
import { seedBank } from "./seed-bank.ts";

test("the seed's questions with letters are choices, the others short answers", () => {
  const result = parseQuiz("One?\na. x y  b. z\nc.\nTwo?\n", "B Paris", "q", "a");
  if (!result.ok) throw new Error(result.errors.join());
  const common = { title: "", category: "", feedback: "", id: "", tags: [] };
  expect(seedBank(result.quiz)).toEqual([
    {
      ...common,
      kind: "choice",
      text: "One?",
      single: true,
      options: [
        { text: "x y", weight: 0, feedback: "" },
        { text: "z", weight: 1, feedback: "" },
        { text: "c", weight: 0, feedback: "" },
      ],
    },
    { ...common, kind: "short", text: "Two?", answers: [{ text: "paris", weight: 1, feedback: "" }] },
  ]);
});
