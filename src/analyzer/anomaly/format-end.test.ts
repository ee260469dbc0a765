import { expect, test } from "bun:test";
import { formatEnd } from "./format-end.ts";

test.each<[number[] | undefined, string]>([
  [[10, 0, 0, 1], "10.0.0.1"],
  [[0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], "fe80::1"],
  [[2, 0, 0, 0, 0, 0xff], "02:00:00:00:00:ff"],
  [[], "unknown"],
  [undefined, "unknown"],
])("%p is %s", (bytes, text) => {
  expect(formatEnd(bytes && Uint8Array.from(bytes))).toBe(text);
});
