import { describe, expect, test } from "bun:test";
import { HiddenLine, type HiddenKey } from "./hidden-line.ts";

describe("keys of a hidden line", () => {
  for (const [typed, keys] of [
    ["secret\r", [{ kind: "line", text: "secret" }]],
    ["secrex\x7ft\n", [{ kind: "line", text: "secret" }]],
    ["é🎓\x7f\b\x7fok\r", [{ kind: "line", text: "ok" }]],
    ["wrong\x15right\r", [{ kind: "line", text: "right" }]],
    ["\x1b[Aa\r", [{ kind: "line", text: "[Aa" }]],
    ["a\x03", [{ kind: "interrupt" }]],
    ["\x04", [{ kind: "end" }]],
    ["a\x04\r", [{ kind: "line", text: "a" }]],
  ] as [string, HiddenKey[]][])
    test(JSON.stringify(typed), () => {
      const line = new HiddenLine();
      // One byte at a time, as a slow typist on a slow wire.
      const found = Array.from(Buffer.from(typed)).flatMap((byte) => line.type(Uint8Array.of(byte)));
      expect(found).toEqual(keys);
    });
});
