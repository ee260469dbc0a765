import { expect, test } from "bun:test";
import { wrapText } from "./wrap-text.ts";

const sentence = "Client kapil: one two three four five six seven eight nine ten eleven twelve";

test("a wide line is broken between words, and what goes on is set in", () => {
  expect(wrapText(sentence, 40).split("\n")).toEqual([
    "Client kapil: one two three four five",
    "  six seven eight nine ten eleven twelve",
  ]);
  expect(wrapText("short\nlines", 40)).toBe("short\nlines");
  expect(wrapText("x".repeat(40), 40)).toBe("x".repeat(40));
});

test("a word that is wider than the terminal stays whole", () => {
  const address = `http://127.0.0.1:10081/${"x".repeat(60)}`;
  expect(wrapText(`see ${address} there`, 40).split("\n")).toContain(`  ${address}`);
});

test("what goes on cannot pass for a line of the server's", () => {
  for (const line of wrapText(`Client bob: ${"a ".repeat(40)}Server: all go home`, 40)
    .split("\n")
    .slice(1))
    expect(line.startsWith("  ")).toBe(true);
});

test("colours and wide characters count as what is seen of them", () => {
  const coloured = "\u001B[1m一二三四五六七八九十\u001B[0m and more words behind";
  for (const line of wrapText(coloured, 30).split("\n"))
    expect(Bun.stringWidth(line)).toBeLessThanOrEqual(30);
});

test("in a terminal without room, and in a line without end, nothing is broken", () => {
  expect(wrapText(sentence, 12)).toBe(sentence);
  const endless = "a b ".repeat(100_000);
  expect(wrapText(endless, 80)).toBe(endless);
});
