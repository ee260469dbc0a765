import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { operatorHelp, parseOperatorLine, quizShape, sendFileShape } from "./line.ts";

const wrong = (line: string, shape: string) => ({
  kind: "wrong" as const,
  explanation: `'${line}' has not the shape ${shape}; nothing was done.`,
});
const wrongScores = (scores: string) => ({
  kind: "wrong" as const,
  explanation: `'${scores}' cannot be the name of a file of scores; nothing was started.`,
});

describe("a line of the operator's", () => {
  for (const [line, parsed] of [
    ["", { kind: "nothing" }],
    ["  \t", { kind: "nothing" }],
    ["help", { kind: "help" }],
    [" shutdown ", { kind: "shutdown" }],
    ["Shutdown", { kind: "say", text: "Shutdown" }],
    ["shutdown now", { kind: "say", text: "shutdown now" }],
    ["Quiz starts soon", { kind: "say", text: "Quiz starts soon" }],
    ["Quiz", { kind: "say", text: "Quiz" }],
    ["quiz:a:b:c:d", { kind: "say", text: "quiz:a:b:c:d" }],
    ["send_file", { kind: "say", text: "send_file" }],
    ["send_files:a", { kind: "say", text: "send_files:a" }],
    ["  hello: everyone ", { kind: "say", text: "hello: everyone" }],
    ["send_file:bob:.:a.txt", { kind: "send-file", recipient: "bob", folder: ".", file: "a.txt" }],
    [
      "send_file:all:my files:a b.txt",
      { kind: "send-file", recipient: "all", folder: "my files", file: "a b.txt" },
    ],
    ["send_file:bob:C:\\x:a.txt", { kind: "send-file", recipient: "bob", folder: "C:\\x", file: "a.txt" }],
    ["send_file:", wrong("send_file:", sendFileShape)],
    ["send_file:bob", wrong("send_file:bob", sendFileShape)],
    ["send_file:bob:a.txt", wrong("send_file:bob:a.txt", sendFileShape)],
    ["send_file::.:a.txt", wrong("send_file::.:a.txt", sendFileShape)],
    ["send_file:bob:.:", wrong("send_file:bob:.:", sendFileShape)],
    ["Quiz:d:q:a:s.csv", { kind: "quiz", folder: "d", questions: "q", answers: "a", scores: "s.csv" }],
    [
      "Quiz:C:\\d:q:a:s.csv",
      { kind: "quiz", folder: "C:\\d", questions: "q", answers: "a", scores: "s.csv" },
    ],
    ["Quiz:", wrong("Quiz:", quizShape)],
    ["Quiz:d:q:a", wrong("Quiz:d:q:a", quizShape)],
    ["Quiz:d:q:a:", wrong("Quiz:d:q:a:", quizShape)],
    ["Quiz::q:a:s.csv", wrong("Quiz::q:a:s.csv", quizShape)],
    ["Quiz: starts soon", wrong("Quiz: starts soon", quizShape)],
    ["Quiz:d:q:a:../s.csv", wrongScores("../s.csv")],
    ["Quiz:d:q:a:x/s.csv", wrongScores("x/s.csv")],
    ["Quiz:d:q:a:..", wrongScores("..")],
    ["Quiz:d:q:a:.s.csv", wrongScores(".s.csv")],
    ["Quiz:d:q:a:con.csv", wrongScores("con.csv")],
  ] as const)
    test(JSON.stringify(line), () => expect(parseOperatorLine(line)).toEqual(parsed));
});

test("only what begins with Quiz: or send_file: can be wrong; all else is said as it stands", () => {
  fc.assert(
    fc.property(fc.constantFrom("", "Quiz:", "send_file:", "x"), fc.string(), (start, rest) => {
      const line = start + rest;
      const parsed = parseOperatorLine(line);
      if (parsed.kind === "wrong") expect(line.trim()).toMatch(/^(Quiz|send_file):/);
      if (parsed.kind === "say") expect(parsed.text).toBe(line.trim());
    }),
  );
});

test("help names each line, and its sample is a quiz", () => {
  for (const word of [sendFileShape, quizShape, "shutdown", "help"]) expect(operatorHelp).toContain(word);
  const sample = operatorHelp.split("\n").find((line) => line.includes("quiz_dir:"))!;
  expect(parseOperatorLine(sample).kind).toBe("quiz");
});
