import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { maxQuestionBytes, maxQuestions, parseQuiz, type Quiz } from "./quiz-file.ts";

const parse = (questions: string, answers: string) => parseQuiz(questions, answers, "q.txt", "a.txt");

function quizOf(questions: string, answers: string): Quiz {
  const result = parse(questions, answers);
  if (!result.ok) throw new Error(result.errors.join("\n"));
  return result.quiz;
}

const two: Quiz = {
  questions: [
    { text: "One?", options: ["a. x  b. y", "c. z"] },
    { text: "Two?", options: ["a. x"] },
  ],
  answers: ["c", "a"],
};

describe("a quiz", () => {
  for (const [what, questions, answers] of [
    ["with options several to a line", "One?\na. x  b. y\nc. z\nTwo?\na. x\n", "c a\n"],
    ["with line ends of Windows", "One?\r\na. x  b. y\r\nc. z\r\nTwo?\r\na. x\r\n", "c\r\na\r\n"],
    ["with line ends of old Macs", "One?\ra. x  b. y\rc. z\rTwo?\ra. x", "c\ra"],
    ["with a byte order mark", "\ufeffOne?\na. x  b. y\nc. z\nTwo?\na. x", "\ufeffc a"],
    [
      "with blank lines and blanks around",
      "\n\n  One?  \n\n a. x  b. y\nc. z \n\nTwo?\na. x\n\n",
      " c\n\n a ",
    ],
    ["with answers in capitals", "One?\na. x  b. y\nc. z\nTwo?\na. x\n", "C\tA"],
  ] as const)
    test(what, () => expect(quizOf(questions, answers)).toEqual(two));

  test("without options takes any answer", () => {
    expect(quizOf("Capital of France?\nTwo and two?", "Paris 4")).toEqual({
      questions: [
        { text: "Capital of France?", options: [] },
        { text: "Two and two?", options: [] },
      ],
      answers: ["paris", "4"],
    });
  });

  test("options begin with a. to d.; other letters and capitals begin a question", () => {
    expect(quizOf("One?\na. x\ne. y\nA. z", "a 1 2").questions.map(({ text }) => text)).toEqual([
      "One?",
      "e. y",
      "A. z",
    ]);
  });

  test("of exactly as many questions as are allowed", () => {
    const questions = Array.from({ length: maxQuestions }, (_, i) => `Question ${i}?`).join("\n");
    expect(quizOf(questions, "a ".repeat(maxQuestions)).questions).toHaveLength(1_000);
  });
});

describe("mistakes are told with their lines", () => {
  const longQuestion = "x".repeat(maxQuestionBytes + 1);
  for (const [what, questions, answers, errors] of [
    ["no question", "", "", ["q.txt, line 1: there is no question."]],
    ["nothing but blank lines", " \n\t\n", "a", ["q.txt, line 1: there is no question."]],
    ["options first", "\na. x\nOne?", "a", ["q.txt, line 2: options stand before any question."]],
    ["NUL", "One?\n\0", "a", ["q.txt, line 2: this is no readable text (UTF-8)."]],
    ["no UTF-8", "\ufffdOne?", "a", ["q.txt, line 1: this is no readable text (UTF-8)."]],
    [
      "no answers",
      "One?\nTwo?",
      "",
      ["a.txt, line 1: 0 answers for 2 questions; the question at line 1 of q.txt has none."],
    ],
    [
      "too few answers",
      "One?\na. x\n\nTwo?",
      "\na\n\n",
      ["a.txt, line 2: 1 answer for 2 questions; the question at line 4 of q.txt has none."],
    ],
    ["too many answers", "One?", "a\nb\nc", ["a.txt, line 2: 'b' is one answer too many for 1 question."]],
    [
      "answers that are no options",
      "One?\na. x b. y\nTwo?\na. x",
      "c\nb",
      [
        "a.txt, line 1: 'c' is no option of question 1 (a, b).",
        "a.txt, line 2: 'b' is no option of question 2 (a).",
      ],
    ],
    [
      "1,001 questions",
      "Why?\n".repeat(1_001),
      "a ".repeat(1_001),
      ["q.txt, line 1001: 1001 questions are too many; 1000 are allowed."],
    ],
    [
      "a question longer than a frame",
      `One?\n${longQuestion}`,
      "a b",
      ["q.txt, line 2: a question of 65537 bytes is too long; 65536 are allowed."],
    ],
  ] as const)
    test(what, () => expect(parse(questions, answers)).toEqual({ ok: false, errors: [...errors] }));
});

test("arbitrary text is a quiz or a list of sentences, never an exception", () => {
  const line = fc.oneof(
    fc.constantFrom("a. x", "b. y c. z", "One?", "", "\ufeff"),
    fc.string({ unit: "binary" }),
  );
  const text = fc
    .array(line, { maxLength: 12 })
    .chain((lines) => fc.constantFrom("\n", "\r\n", "\r").map((end) => lines.join(end)));
  fc.assert(
    fc.property(text, text, (questions, answers) => {
      const result = parse(questions, answers);
      if (result.ok) {
        expect(result.quiz.questions.length).toBeGreaterThan(0);
        expect(result.quiz.answers).toHaveLength(result.quiz.questions.length);
      } else {
        expect(result.errors.length).toBeGreaterThan(0);
        for (const error of result.errors) expect(error).toMatch(/^[qa]\.txt, line \d+: .*\.$/s);
      }
    }),
    { numRuns: 2_000 },
  );
});
