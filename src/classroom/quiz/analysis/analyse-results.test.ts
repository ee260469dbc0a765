import { describe, expect, test } from "bun:test";
import { parseGift } from "../banks/parse-gift.ts";
import type { GivenAnswer } from "../run/given-answer.ts";
import { LiveRun } from "../run/live-run.ts";
import type { RunEvent } from "../run/run-records.ts";
import { defaultSettings } from "../run/run-settings.ts";
import { analyseResults } from "./analyse-results.ts";
import { givenText } from "./given-text.ts";
import { formatResultsCsv, formatResultsJson, resultsOfBook, type QuizResults } from "./quiz-results.ts";
import { parseResults } from "./parse-results.ts";
import { randomGuess } from "./random-guess.ts";
import { responseTable } from "./response-table.ts";
import { maxResponses } from "./limits.ts";

const { questions } = parseGift(
  "::Choice::Q{=a ~%50%b ~c}\n\nD\n\nB{T}\n\nW{=frog =%50%cat}\n\nE{}\n\nM{=a -> x =b -> y = -> z}\n\nO{>2\nfirst\nsecond}\n\nN{#3:1}",
);
const given: [string, number, GivenAnswer][] = [
  ["=Ann", 0, { kind: "choice", options: [0] }],
  ["bob", 0, { kind: "choice", options: [1] }],
  ["cid", 0, { kind: "choice", options: [2] }],
  ["=Ann", 2, { kind: "true-false", value: true }],
  ["bob", 2, { kind: "true-false", value: false }],
  ["=Ann", 3, { kind: "text", text: "Frog" }],
  ["bob", 3, { kind: "text", text: "dog\n!" }],
  ["=Ann", 4, { kind: "text", text: "an essay" }],
  ["=Ann", 7, { kind: "number", value: 3.5 }],
];

/** A run to its end, with answers kept at once. */
function results(): QuizResults {
  const run = new LiveRun({ questions, settings: { ...defaultSettings, pace: "all-at-once" }, seed: 1 });
  let nowMs = 0;
  const handle = (event: RunEvent): void => {
    for (const effect of run.handle(event, nowMs))
      if (effect.kind === "keep" && effect.ticket !== undefined)
        handle({ kind: "kept", ticket: effect.ticket });
  };
  for (const name of ["=Ann", "bob", "cid"])
    handle({ kind: "join", name, team: name === "bob" ? "red" : "" });
  handle({ kind: "start" });
  for (const [name, question, answer] of given) {
    nowMs += 1_500;
    handle({ kind: "answer", name, question, id: `${question}`, given: answer });
  }
  const match = run.shownOrder("bob", 5);
  handle({
    kind: "answer",
    name: "bob",
    question: 5,
    id: "m",
    given: { kind: "match", matches: [match.indexOf(0), -1] },
  });
  const order = run.shownOrder("bob", 6);
  handle({
    kind: "answer",
    name: "bob",
    question: 6,
    id: "o",
    given: { kind: "order", items: [order.indexOf(1), order.indexOf(0)] },
  });
  return resultsOfBook("Animals", false, questions, run.book);
}

test("results as JSON are read as they were", () => {
  const source = formatResultsJson(results());
  expect(parseResults(source)).toEqual({ ok: true, results: results() });
});

test("results as CSV have a row a student and question, safe for spreadsheets", () => {
  const rows = formatResultsCsv(results()).split("\r\n");
  expect(rows).toHaveLength(1 + 3 * 7 + 1);
  expect(rows.slice(0, 3)).toEqual([
    "student,team,number,question,round,answer,fraction,points,seconds",
    "'=Ann,,1,Choice,1,a,1,1,1.500",
    "'=Ann,,3,B,1,true,1,1,6.000",
  ]);
  expect(rows).toContain('bob,red,4,W,1,"dog\n!",0,0,10.500');
  expect(rows).toContain('bob,red,6,M,1,"a -> x; b -> ?",0.5,0.5,13.500');
  expect(rows).toContain("bob,red,7,O,1,second < first,0,0,13.500");
  expect(rows).toContain("cid,,8,N,,,0,0,");
});

describe("the analysis of results", () => {
  const { quiz, items, unmarked } = analyseResults(results());

  test("of the quiz", () => {
    // Ann 1 + 1 + 1 + 0 + 1, bob a half and a half, cid 0.
    expect(quiz).toMatchObject({ students: 3, mean: 5 / 3, median: 1 });
    expect(unmarked).toBe(1);
  });

  test("of the questions, without the description", () => {
    expect(
      items.map(({ number, answers, statistics, medianSeconds }) => [
        number,
        answers,
        statistics.facility,
        medianSeconds,
      ]),
    ).toEqual([
      [1, 3, 0.5, 3],
      [3, 2, 1 / 3, 6.75],
      [4, 2, 1 / 3, 9.75],
      [5, 1, 0, 12],
      [6, 1, 1 / 6, 13.5],
      [7, 1, 0, 13.5],
      [8, 1, 1 / 3, 13.5],
    ]);
  });

  test("of the answers", () => {
    expect(items[0]!.responses).toEqual([
      { response: "a", credit: 1, count: 1, frequency: 1 / 3, meanRest: 3 },
      { response: "b", credit: 0.5, count: 1, frequency: 1 / 3, meanRest: 0.5 },
      { response: "c", credit: 0, count: 1, frequency: 1 / 3, meanRest: 0 },
    ]);
    expect(items[1]!.responses).toEqual([
      { response: "true", credit: 1, count: 1, frequency: 1 / 3, meanRest: 3 },
      { response: "false", credit: 0, count: 1, frequency: 1 / 3, meanRest: 1 },
      { response: "(no answer)", credit: 0, count: 1, frequency: 1 / 3, meanRest: 0 },
    ]);
    expect(items[2]!.responses.map(({ response, credit, count }) => [response, credit, count])).toEqual([
      ["frog", 1, 1],
      ["cat", 0.5, 0],
      ["dog\n!", 0, 1],
      ["(no answer)", 0, 1],
    ]);
    expect(items[6]!.responses.map(({ response, count }) => [response, count])).toEqual([
      ["3:1", 1],
      ["(no answer)", 2],
    ]);
    expect(items[4]!.responses.map(({ response, credit, count }) => [response, credit, count])).toEqual([
      ["a -> x", 0.5, 1],
      ["a -> y", 0, 0],
      ["a -> z", 0, 0],
      ["b -> x", 0, 0],
      ["b -> y", 0.5, 0],
      ["b -> z", 0, 0],
      ["(no answer)", 0, 2],
    ]);
  });

  test("of nobody", () => {
    const empty = analyseResults({ title: "", isSurvey: false, questions, students: [], answers: [] });
    expect(empty.quiz.students).toBe(0);
    expect(empty.items[0]!.responses.map(({ frequency }) => frequency)).toEqual([0, 0, 0]);
  });
});

test("answers in words beyond the limit are one row", () => {
  const responses = Array.from({ length: maxResponses + 50 }, (_, index) => ({
    given: { kind: "text" as const, text: `w${index}` },
    rest: 0,
  }));
  const table = responseTable(questions[3]!, responses);
  expect(table).toHaveLength(maxResponses + 1);
  expect(table.at(-1)).toMatchObject({ response: "(others)", count: 52 });
});

test("what guessing brings", () => {
  const guesses = parseGift(
    "Q{=a ~%50%b ~c}\n\nQ{~%50%a ~%50%b ~c}\n\nQ{T}\n\nQ{=a}\n\nQ{=a =%10%*}\n\nQ{#3}\n\nQ{#3 =%20%*}\n\nM{=a -> x =b -> y =c -> x = -> z}\n\nO{>3\na\nb\nc}\n\nO{>3 ALL V ALL_OR_NOTHING\na\nb\nc}\n\nE{}\n\nD",
  ).questions.map(randomGuess);
  expect(guesses).toEqual([0.5, undefined, 0.5, 0, 0.1, 0, 0.2, 1 / 3, 1 / 3, 1 / 6, undefined, undefined]);
});

test("an answer to another kind of question is a question mark", () => {
  expect(givenText(questions[2]!, { kind: "choice", options: [0] })).toBe("?");
});

const file = (answers: string): string =>
  `{"format":"pcs-results","version":1,"isSurvey":false,"questions":[{"kind":"true-false","text":"Q","answer":true}],"students":[{"name":"a"}],"answers":[\n${answers}]}`;

describe("a file of results that is none is told with its place", () => {
  const right = '{"student":0,"question":0,"given":{"kind":"true-false","value":true}}';
  for (const [what, source, column, sentence] of [
    ["no JSON", "x", 1, "a value must stand here."],
    ["other JSON", "{}", 1, 'this is no "pcs-results" of pcs.'],
    [
      "a later version",
      '{"format":"pcs-results","version":2}',
      1,
      "this is another version; this pcs reads version 1.",
    ],
    ["a student that is not there", file('{"student":1,"question":0}'), 1, "there is no student 1."],
    ["a question that is not there", file('{"student":0,"question":0.5}'), 1, "there is no question 0.5."],
    ["no answer", file('{"student":0,"question":0}'), 1, "'given' must be an object."],
    [
      "another kind of answer",
      file('{"student":0,"question":0,"given":{"kind":"number","value":1}}'),
      1,
      "this is no answer to question 1.",
    ],
    [
      "a kind that is none",
      file('{"student":0,"question":0,"given":{"kind":"x"}}'),
      35,
      "the kind of an answer is choice, true-false, text, number, match or order.",
    ],
    [
      "no list",
      file('{"student":0,"question":0,"given":{"kind":"choice"}}'),
      35,
      "a list of numbers must stand here.",
    ],
    [
      "no numbers",
      file('{"student":0,"question":0,"given":{"kind":"order","items":["a"]}}'),
      60,
      "a number must stand here.",
    ],
    [
      "a second answer",
      file(`${right},${right}`),
      right.length + 2,
      "there is a second answer of this student to this question.",
    ],
  ] as const)
    test(what, () => expect(parseResults(source)).toMatchObject({ ok: false, place: { column }, sentence }));
});
