import { expect, test } from "bun:test";
import { foundText } from "./found-text.ts";

const at = new Date(2026, 0, 5, 9, 7).getTime();

test("the oldest first, with place and time, and nothing that moves the cursor", () => {
  const found = [
    { id: 9, timeMs: at, from: "ann", to: "bob", text: "two\nlines" },
    { id: 7, timeMs: at, from: "bob", room: "main", text: "\u001b[2Jhello" },
  ];
  const text = foundText({ ask: 1, found, more: true, behind: true });
  expect(text.split("\n").map((line) => line.replace("2026-01-05 09:07 ", ""))).toEqual([
    expect.stringMatching(/^\[main\] bob: .*hello$/),
    expect.stringMatching(/^ann to bob: two.*lines$/),
    "There are older ones: /more shows them.",
    "The latest messages are not searched yet.",
  ]);
  expect(text).not.toContain("\u001b");
});

test("nothing, and a time that is none", () => {
  expect(foundText({ ask: 1 })).toBe("Nothing was found.");
  const odd = { id: 1, timeMs: Number.MAX_SAFE_INTEGER, from: "a", room: "main", text: "x" };
  expect(foundText({ ask: 1, found: [odd] })).toBe("????-??-?? ??:?? [main] a: x");
});
