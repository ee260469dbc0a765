import { expect, test } from "bun:test";
import { payloadEntropy } from "./payload-entropy.ts";

const of = (bytes: ArrayLike<number>): number => payloadEntropy(Uint8Array.from(bytes), 0, bytes.length);

test.each<[string, ArrayLike<number>, number]>([
  ["filling", new Uint8Array(64).fill(7), 0],
  ["two bytes in turn", Array.from({ length: 64 }, (_, i) => i & 1), 1],
  ["sixteen bytes in turn", Array.from({ length: 64 }, (_, i) => i & 15), 4],
  ["all different", Array.from({ length: 64 }, (_, i) => i * 3), 6],
  ["only the first 64 count", [...new Uint8Array(64).fill(7), 1, 2, 3, 4], 0],
  ["nothing", [], 0],
])("%s", (_, bytes, expected) => {
  expect(of(bytes)).toBeCloseTo(expected, 9);
});

test("one payload leaves nothing behind for the next", () => {
  const first = of(Array.from({ length: 64 }, (_, i) => i));
  of(new Uint8Array(64).fill(3));
  expect(of(Array.from({ length: 64 }, (_, i) => i))).toBe(first);
});
