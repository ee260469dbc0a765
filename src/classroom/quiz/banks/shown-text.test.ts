import { expect, test } from "bun:test";
import { shownText } from "./shown-text.ts";

test("short, in one line, and harmless", () => {
  expect(shownText("a\n b")).toBe("a b");
  expect(shownText("\x1b[31m\u2028x")).toBe("�[31m x");
  expect(shownText("x".repeat(41))).toBe(`${"x".repeat(40)}…`);
  expect(shownText(`${"x".repeat(39)}🎓`)).toBe(`${"x".repeat(39)}�…`);
});
