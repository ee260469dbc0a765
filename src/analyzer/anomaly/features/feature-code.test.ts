import { expect, test } from "bun:test";
import { encodeFeature, maxCode, stepsPerE } from "./feature-code.ts";

test("codes keep the order, and a value is near the middle of its code", () => {
  let before = 0;
  for (let value = 0.5; value < 1e12; value *= 1.1) {
    const code = encodeFeature(value);
    expect(code).toBeGreaterThanOrEqual(before);
    before = code;
    const ratio = Math.exp(code / stepsPerE) / (value + 1);
    // Half a step, and what is lost with the value's lower bits.
    expect(Math.abs(Math.log(ratio))).toBeLessThanOrEqual(0.5 / stepsPerE + 1 / 128);
  }
});

test.each([
  [0, 0],
  [-5, 0],
  [Number.NaN, 0],
  [Number.POSITIVE_INFINITY, maxCode],
  [Number.MAX_VALUE, maxCode],
])("%p is %p", (value, code) => {
  expect(encodeFeature(value)).toBe(code);
});
