import { describe, expect, test } from "bun:test";
import { parseGift } from "../banks/parse-gift.ts";
import { LiveRun } from "./live-run.ts";
import { formatRecord, parseRecords } from "./record-lines.ts";
import type { RunEvent, RunRecord } from "./run-records.ts";
import { defaultSettings } from "./run-settings.ts";

const { questions } = parseGift(
  "A{=a ~%50%b ~c}\n\nB{T}\n\nC{=x}\n\nD{#3}\n\nM{=a -> x =b -> y}\n\nO{>2\na\nb}",
);
const plan = {
  questions,
  settings: { ...defaultSettings, pace: "all-at-once" as const, limitMs: 60_000 },
  seed: 1,
};

/** The records of a run in which everything was answered once. */
function recordsOfRun(): RunRecord[] {
  const run = new LiveRun(plan);
  const records: RunRecord[] = [];
  let nowMs = 0;
  const handle = (event: RunEvent): void => {
    for (const effect of run.handle(event, nowMs))
      if (effect.kind === "keep") {
        records.push(effect.record);
        if (effect.ticket !== undefined) handle({ kind: "kept", ticket: effect.ticket });
      }
  };
  handle({ kind: "join", name: "Zoë 🎓", team: "röd" });
  handle({ kind: "start" });
  for (const [question, given] of [
    { kind: "choice", options: [1] },
    { kind: "true-false", value: true },
    { kind: "text", text: "x\ny" },
    { kind: "number", value: 3 },
    { kind: "match", matches: [0, -1] },
    { kind: "order", items: [0, 1] },
  ].entries()) {
    nowMs += 1_100;
    handle({ kind: "answer", name: "zoë 🎓", question, id: `${question}`, given: given as never });
    handle({ kind: "tick" });
  }
  handle({ kind: "close" });
  return records;
}

const records = recordsOfRun();
const text = records.map(formatRecord).join("");

test("lines are the records again", () => {
  expect(parseRecords(text, questions)).toEqual({
    records,
    wholeBytes: Buffer.byteLength(text),
    damagedLines: [],
  });
});

test("killed at any byte: the whole lines before it are there, and nothing else", () => {
  const bytes = Buffer.from(text);
  for (let length = 0; length <= bytes.length; length++) {
    const read = parseRecords(new TextDecoder().decode(bytes.subarray(0, length)), questions);
    expect(read.damagedLines).toEqual([]);
    expect(read.wholeBytes).toBe(bytes.subarray(0, length).lastIndexOf(10) + 1);
    expect(read.records).toEqual(records.slice(0, read.records.length));
    if (length === bytes.length) expect(read.records).toHaveLength(records.length);
    // It is a run in any case.
    LiveRun.restore(plan, read.records, 0);
  }
});

describe("a line that is no record is told", () => {
  const joined = { kind: "joined", student: "a", name: "A", team: "", seed: 1 };
  const answered = {
    kind: "answered",
    student: "a",
    question: 0,
    round: 1,
    id: "i",
    given: { kind: "choice", options: [0] },
    elapsedMs: 1,
  };
  const phase = { kind: "question", question: 0, round: 1, elapsedMs: 1, isPaused: false };
  for (const [what, record] of [
    ["nothing", ""],
    ["no JSON", "{"],
    ["null", null],
    ["a list", []],
    ["an unknown kind", { kind: "x" }],
    ["a name that is none", { ...joined, name: 1 }],
    ["a seed that is none", { ...joined, seed: "1" }],
    ["a question that is not there", { ...answered, question: 6 }],
    ["an answer that does not fit", { ...answered, given: { kind: "choice", options: [3] } }],
    ["an answer of another kind", { ...answered, given: { kind: "text", text: "a" } }],
    ["an answer of no kind", { ...answered, given: {} }],
    ["a list of words", { ...answered, given: { kind: "choice", options: ["a"] } }],
    ["a time below zero", { ...answered, elapsedMs: -1 }],
    ["no phase", { kind: "phase" }],
    ["a phase that is none", { kind: "phase", phase: { ...phase, kind: "x" } }],
    ["a phase of no question", { kind: "phase", phase: { ...phase, question: 6 } }],
    ["a phase without a clock", { kind: "phase", phase: { ...phase, elapsedMs: undefined } }],
  ] as const)
    test(what, () => {
      const line = typeof record === "string" ? record : JSON.stringify(record);
      const source = `${formatRecord(records[0]!)}${line}\n${formatRecord(records[1]!)}`;
      expect(parseRecords(source, questions)).toMatchObject({
        records: records.slice(0, 2),
        damagedLines: [2],
      });
    });

  test("and these are records", () => {
    const good = [
      joined,
      answered,
      { kind: "phase", phase },
      { kind: "phase", phase: { ...phase, kind: "next" } },
      { kind: "phase", phase: { kind: "lobby" } },
    ];
    const source = good.map((record) => `${JSON.stringify(record)}\n`).join("");
    expect(parseRecords(source, questions).damagedLines).toEqual([]);
  });
});
