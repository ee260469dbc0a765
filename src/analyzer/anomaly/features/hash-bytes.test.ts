import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { hashBytes, hashWord } from "./hash-bytes.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

// Published test vectors of MurmurHash3_x86_32.
test.each([
  ["", 0, 0],
  ["", 1, 0x514e28b7],
  ["", 0xffffffff, 0x81f16f39],
  ["\0\0\0\0", 0, 0x2362f9de],
  ["aaaa", 0x9747b28c, 0x5a97808a],
  ["aaa", 0x9747b28c, 0x283e0130],
  ["aa", 0x9747b28c, 0x5d211726],
  ["a", 0x9747b28c, 0x7fa09ea6],
  ["Hello, world!", 0x9747b28c, 0x24884cba],
])("%j with seed %p", (text, seed, expected) => {
  const bytes = bytesOf(text);
  expect(hashBytes(bytes, 0, bytes.length, seed | 0) >>> 0).toBe(expected);
});

test("what lies around the bytes does not count, and a word is its four bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), fc.integer(), fc.integer(), (bytes, around, word, seed) => {
      const framed = Uint8Array.of(...around, ...bytes, ...around);
      const [start, end] = [around.length, around.length + bytes.length];
      expect(hashBytes(framed, start, end, seed)).toBe(hashBytes(bytes, 0, bytes.length, seed));
      expect(hashWord(word, seed)).toBe(hashBytes(new Uint8Array(Int32Array.of(word).buffer), 0, 4, seed));
    }),
  );
});
