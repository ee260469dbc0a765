import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { showable, showableLine } from "./showable.ts";

describe("text from the network", () => {
  for (const [what, text, shown] of [
    ["plain text", "hi there", "hi there"],
    ["tabs and line feeds", "a\tb\nc", "a\tb\nc"],
    ["a colour", "\x1b[31mred\x1b[0m", "�[31mred�[0m"],
    ["a carriage return that would hide what stood before", "good\rbad", "good�bad"],
    ["line ends of Windows", "a\r\nb", "a\nb"],
    ["bell, backspace, delete", "\x07\x08\x7f", "���"],
    ["an eight-bit escape", "\u009b2J", "�2J"],
    ["writing turned round", "a\u202egnp.exe", "a�gnp.exe"],
    ["isolates", "\u2066x\u2069", "�x�"],
    ["every script there is", "é 漢 🎓 नमस्ते", "é 漢 🎓 नमस्ते"],
  ] as const)
    test(what, () => expect(showable(text)).toBe(shown));

  test("a line has no line feed", () => expect(showableLine("a\nb\tc")).toBe("a�b�c"));

  test("no control character is ever left", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        for (const character of showable(text)) {
          const code = character.codePointAt(0)!;
          if (code === 9 || code === 10) continue;
          expect(code < 32 || (code >= 127 && code < 160)).toBe(false);
        }
      }),
    );
  });
});
