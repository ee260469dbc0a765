import { expect, test } from "bun:test";
import { text } from "./payload-builder.test-support.ts";
import { placeOf, readName, startsWith, uint16, uint24, uint32 } from "./read-bytes.ts";

const bytes = new Uint8Array([0xff, 1, 2, 3, 4]);

test("numbers, the highest byte first and never negative", () => {
  expect([uint16(bytes, 0), uint24(bytes, 0), uint32(bytes, 0)]).toEqual([0xff01, 0xff0102, 0xff010203]);
});

test("a text that does not fit before the end does not stand there", () => {
  expect(startsWith(text("SSH-2"), 0, 4, "SSH-")).toBe(true);
  expect(startsWith(text("SSH-2"), 0, 3, "SSH-")).toBe(false);
});

test("the place of a byte", () => {
  expect([placeOf(bytes, 1, 5, 3), placeOf(bytes, 1, 3, 3)]).toEqual([3, -1]);
});

test("names are printable ASCII of at most 253 characters", () => {
  expect(readName(text("a\u001b[31m\u00e9"), 0, 7)).toBe("a?[31m?");
  expect(readName(new Uint8Array(300).fill(97), 0, 300)).toHaveLength(253);
  expect(readName(bytes, 3, 3)).toBe("");
});
