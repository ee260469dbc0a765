import { expect, test } from "bun:test";
import { featureColumn, featureCount } from "./feature-list.ts";
import { unpackCodes, valueOfCode } from "./feature-row.ts";

test("each feature has a place of its own in the words", () => {
  const seen = new Set<string>();
  for (let bit = 0; bit < 6 * 32; bit++) {
    const words = new Int32Array(6);
    words[bit >> 5] = 1 << (bit & 31);
    const codes = new Uint8Array(featureCount);
    unpackCodes(words, 0, codes, 0);
    const touched = Array.from(codes.keys()).filter((c) => codes[c] !== 0);
    expect(touched.length).toBeLessThanOrEqual(1);
    for (const c of touched) seen.add(String(c));
  }
  expect(seen.size).toBe(featureCount);
});

test("a yes or a no is itself, and entropy has one more for what is not known", () => {
  expect(valueOfCode(featureColumn["packet.fragment"], 1)).toBe(1);
  expect(valueOfCode(featureColumn["source.new"], 1)).toBe(1);
  expect(valueOfCode(featureColumn["packet.entropy"], 0)).toBe(0);
  expect(valueOfCode(featureColumn["packet.entropy"], 1)).toBe(0);
  expect(valueOfCode(featureColumn["source.peers"], 2)).toBeCloseTo(Math.E - 1, 9);
});
