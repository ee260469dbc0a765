/**
 * Feature values in steps, a byte each: on a scale where ten times as much is as far as ten times as little,
 * with one step to a factor of e. What the forest is given: equal steps make equal rows, so that a row need
 * be scored only once, and finer ones find no more (measured: AUROC within .002 of exact values, with one step as with two).
 */
export const stepsPerE = 1;

/** The largest code, beyond all counts. */
export const maxCode = 254;

/** The code of each number by the upper half of its 32 bits: a logarithm costs more than all the rest. */
const float = new Float32Array(1);
const halves = new Uint16Array(float.buffer);
const upper = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;
const infinity = 0x7f80;
const codes = new Uint8Array(1 << 16);
// Numbers of one code follow each other; what is negative or none stays 0.
for (let code = 1; code <= maxCode; code++) {
  const least = Math.expm1((code - 0.5) / stepsPerE);
  float[0] = least;
  const half = halves[upper]!;
  halves.fill(0);
  halves[upper] = half;
  codes.fill(code, float[0] < least ? half + 1 : half, infinity);
}
codes[infinity] = maxCode;

/** @param value from 0, cut to 8 significant bits; NaN counts as 0, as what is not known is nothing strange */
export function encodeFeature(value: number): number {
  float[0] = value;
  return codes[halves[upper]!]!;
}
