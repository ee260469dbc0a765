import { describe, expect, test } from "bun:test";
import { maxBankBytes } from "./limits.ts";
import { decodeSource, normaliseText, placeIn, PlaceIndex } from "./source-text.ts";

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Uint8Array.from(part))));

describe("bytes of a file", () => {
  for (const [what, input, text] of [
    ["plain", bytes("a\nb"), "a\nb"],
    ["a byte order mark", bytes([0xef, 0xbb, 0xbf], "é"), "é"],
    ["CRLF and CR", bytes("a\r\nb\rc\r\r\nd"), "a\nb\nc\n\nd"],
    ["nothing", bytes(), ""],
  ] as const)
    test(what, () => expect(decodeSource(input)).toEqual({ ok: true, source: { text, warnings: [] } }));

  test("Latin-1 is told", () => {
    expect(decodeSource(bytes("caf", [0xe9], " ", [0x80]))).toEqual({
      ok: true,
      source: {
        text: "café €",
        warnings: ["this is no UTF-8, and was read as Latin-1 (Windows-1252); look at its accents."],
      },
    });
  });

  for (const [what, input, line, column, sentence] of [
    ["NUL", bytes("a\né\0"), 2, 2, "there is a NUL, so this is no text."],
    ["NUL in Latin-1", bytes([0xe9, 0]), 1, 2, "there is a NUL, so this is no text."],
    ["UTF-16, little end first", bytes([0xff, 0xfe, 65, 0]), 1, 1, "this is UTF-16; save it as UTF-8."],
    ["UTF-16, big end first", bytes([0xfe, 0xff, 0, 65]), 1, 1, "this is UTF-16; save it as UTF-8."],
    [
      "too many",
      new Uint8Array(maxBankBytes + 1),
      1,
      1,
      "16777217 bytes are too many; 16777216 are allowed.",
    ],
  ] as const)
    test(what, () => expect(decodeSource(input)).toEqual({ ok: false, place: { line, column }, sentence }));
});

test("places count characters, and both ways give the same", () => {
  const text = "a🎓é\n\nxyz";
  const index = new PlaceIndex(text);
  const places = Array.from({ length: text.length + 1 }, (_, offset) => index.at(offset));
  expect(places[3]).toEqual({ line: 1, column: 3 });
  expect(places[5]).toEqual({ line: 2, column: 1 });
  expect(places.at(-1)).toEqual({ line: 3, column: 4 });
  expect(Array.from({ length: text.length + 1 }, (_, offset) => placeIn(text, offset))).toEqual(places);
});

test("half surrogate pairs become a sign", () => {
  expect(normaliseText("a\uD800b\uDC00")).toBe("a�b�");
});
