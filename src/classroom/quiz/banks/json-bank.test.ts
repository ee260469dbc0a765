import { describe, expect, test } from "bun:test";
import { formatFinding } from "./bank.ts";
import { formatJsonBank, parseJsonBank } from "./json-bank.ts";

const file = (question: string): string =>
  `{"format":"pcs-questions","version":1,"questions":[\n${question}]}`;
const common = { title: "", category: "", text: "Why?", feedback: "", id: "", tags: [] };

test("what is empty is left out", () => {
  const question = {
    ...common,
    kind: "choice" as const,
    single: true,
    options: [
      { text: "a", weight: 1, feedback: "" },
      { text: "b", weight: 0, feedback: "no" },
    ],
  };
  const { text } = formatJsonBank([question]);
  expect(text).toBe(
    '{"format": "pcs-questions", "version": 1, "questions": [\n' +
      '  {"text":"Why?","kind":"choice","single":true,"options":[{"text":"a","weight":1},{"text":"b","feedback":"no"}]}\n]}\n',
  );
  expect([...parseJsonBank(text).questions]).toEqual([question]);
});

describe("what is wrong is told with its place", () => {
  for (const [what, source, error] of [
    ["no JSON", "{", "q, line 1, column 2: a name in quotes must stand here."],
    ["a list", "[]", "q, line 1, column 1: the file must be an object."],
    ["other JSON", '{"a":1}', 'q, line 1, column 1: this is no "pcs-questions" of pcs.'],
    [
      "a later version",
      '{"format":"pcs-questions","version":2}',
      "q, line 1, column 37: this is version 2; this pcs reads version 1.",
    ],
    ["no question", file(""), "q, line 1, column 1: there is no question."],
    [
      "a kind that is none",
      file('{"kind":"x"}'),
      "q, line 2, column 9: the kind of a question is one of choice, true-false, short, numeric, match, order, essay, description.",
    ],
    ["no object", file("1"), "q, line 2, column 1: a question must be an object."],
    [
      "a text that is none",
      file('{"kind":"essay","text":1}'),
      "q, line 2, column 24: 'text' of a question must be text.",
    ],
    [
      "NUL",
      file('{"kind":"essay","text":"a\\u0000"}'),
      "q, line 2, column 24: there is a NUL, so this is no text.",
    ],
    [
      "no single",
      file('{"kind":"choice","options":[]}'),
      "q, line 2, column 1: 'single' of a question must be true or false.",
    ],
    [
      "one option",
      file('{"kind":"choice","single":true,"options":[{"text":"a"}]}'),
      "q, line 2, column 1: 'options' of a question needs 2 or more.",
    ],
    [
      "an option without text",
      file('{"kind":"choice","single":true,"options":[{},{"text":"a"}]}'),
      "q, line 2, column 43: an answer needs 'text'.",
    ],
    [
      "a weight beyond 1",
      file('{"kind":"short","answers":[{"text":"a","weight":2}]}'),
      "q, line 2, column 49: a weight goes from -1 to 1.",
    ],
    [
      "a weight of text",
      file('{"kind":"short","answers":[{"text":"a","weight":"1"}]}'),
      "q, line 2, column 49: 'weight' of an answer must be a number.",
    ],
    [
      "a range that is none",
      file('{"kind":"numeric","answers":[{}]}'),
      "q, line 2, column 30: a range must be an object.",
    ],
    [
      "a kind of range that is none",
      file('{"kind":"numeric","answers":[{"range":{"kind":"x"}}]}'),
      "q, line 2, column 39: the kind of a range is near, between or any.",
    ],
    [
      "a range upside down",
      file('{"kind":"numeric","answers":[{"range":{"kind":"between","min":2,"max":1}}]}'),
      "q, line 2, column 39: a range ends before it begins.",
    ],
    [
      "a tolerance below zero",
      file('{"kind":"numeric","answers":[{"range":{"kind":"near","value":2,"tolerance":-1}}]}'),
      "q, line 2, column 39: a tolerance cannot be negative.",
    ],
    [
      "a number without end",
      file('{"kind":"numeric","answers":[{"range":{"kind":"near","value":1e999,"tolerance":0}}]}'),
      "q, line 2, column 62: 'value' of a range must be a number.",
    ],
    [
      "a list that is none",
      file('{"kind":"order","grading":"next","items":"a"}'),
      "q, line 2, column 42: 'items' of a question must be a list.",
    ],
    [
      "items without text",
      file('{"kind":"order","grading":"next","items":["a",""]}'),
      "q, line 2, column 47: 'items' of a question must be a list of texts.",
    ],
    [
      "a grading that is none",
      file('{"kind":"order","items":["a","b"]}'),
      "q, line 2, column 1: the grading of an ordering is exact, position or next.",
    ],
    [
      "one pair",
      file('{"kind":"match","pairs":[{"prompt":"a","answer":"b"}]}'),
      "q, line 2, column 1: 'pairs' of a question needs 2 or more.",
    ],
  ] as const)
    test(what, () => {
      const told = parseJsonBank(source).errors.map((finding) => formatFinding("q", finding));
      expect(told).toEqual([error]);
    });
});
