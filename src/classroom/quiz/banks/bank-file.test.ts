import { expect, test } from "bun:test";
import { parseBankFile, parseSeedFiles } from "./bank-file.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test("the end of the name says the format, else the content does, unless it is told", () => {
  const rows: [string, string, string][] = [
    ["a.gift", "1+1? {=2 ~3}", "gift"],
    ["a.txt", "1+1? {=2 ~3}", "gift"],
    ["a.txt", "1+1?\nA) 2\nB) 3\nANSWER: A\n", "aiken"],
    ["a.CSV", "question,correct,option1,option2\n1+1?,1,2,3\n", "csv"],
  ];
  for (const [name, text, format] of rows) {
    const read = parseBankFile(name, bytes(text));
    expect([name, read.format, read.errors, read.questions.length]).toEqual([name, format, [], 1]);
  }
  expect(parseBankFile("a.gift", bytes("1+1?\nA) 2\nB) 3\nANSWER: A\n"), "aiken").errors).toEqual([]);
});

test("what is wrong bears the file's name, line and column; what is no text has no question", () => {
  expect(parseBankFile("a.gift", bytes("1+1? {=2")).errors[0]).toStartWith("a.gift, line 1, column ");
  expect(parseBankFile("a.gift", bytes("a\0b"))).toMatchObject({
    questions: [],
    errors: ["a.gift, line 1, column 2: there is a NUL, so this is no text."],
  });
});

test("the two files of the first pcs are read together", () => {
  const questions = { name: "q.txt", text: "1+1?\na. 3 b. 2\n" };
  const read = parseSeedFiles(questions, { name: "a.txt", text: "b" });
  expect([read.format, read.errors, read.questions.length]).toEqual(["seed", [], 1]);
  expect(parseSeedFiles(questions, { name: "a.txt", text: "c" })).toMatchObject({
    questions: [],
    errors: ["a.txt, line 1: 'c' is no option of question 1 (a, b)."],
  });
});

test("a file of far too many questions, or of nothing but wrong ones, is not read to its end", () => {
  const many: [string, string][] = [
    ["a.gift", "Q? {=2 ~3}\n\n".repeat(200_000)],
    ["a.gift", "Q? {=2\n\n".repeat(200_000)],
    ["a.csv", "question,correct,option1,option2\n" + "Q?,1,2,3\n".repeat(200_000)],
    ["a.csv", "question,correct,option1,option2\n" + "Q?,9,2,3\n".repeat(200_000)],
    ["a.txt", "Q?\nA) 2\nB) 3\nANSWER: A\n".repeat(100_000)],
  ];
  for (const [name, text] of many) {
    const startedMs = performance.now();
    const { errors } = parseBankFile(name, bytes(text));
    expect(errors.length).toBeGreaterThan(0);
    // All of it would take ten times as long.
    expect(performance.now() - startedMs).toBeLessThan(4_000);
  }
});
