import { expect, test } from "bun:test";
import { encodeFeature } from "./feature-code.ts";
import { featureColumn, featureCount } from "./feature-list.ts";
import { codeOfScaled, unpackCodes } from "./feature-row.ts";

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

test("a scaled value has the code that its packet would have", () => {
  expect(codeOfScaled(featureColumn["packet.fragment"], Math.log1p(1))).toBe(1);
  expect(codeOfScaled(featureColumn["source.new"], Math.log1p(1))).toBe(1);
  expect(codeOfScaled(featureColumn["packet.entropy"], 0)).toBe(0);
  expect(codeOfScaled(featureColumn["packet.entropy"], Math.log1p(4))).toBe(encodeFeature(4) + 1);
  for (const value of [0, 1, 5, 212, 1e9])
    expect(codeOfScaled(featureColumn["source.peers"], Math.log1p(value))).toBe(encodeFeature(value));
});
