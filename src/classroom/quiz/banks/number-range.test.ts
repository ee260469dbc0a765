import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { formatNumberRange, numberOf, parseNumberRange } from "./number-range.ts";

test("numbers as PHP takes them", () => {
  for (const [text, value] of [
    ["3", 3],
    ["-0", 0],
    ["+3.5", 3.5],
    [" .5 ", 0.5],
    ["5.", 5],
    ["1e3", 1000],
    ["1E-3", 0.001],
    ["", undefined],
    ["0x10", undefined],
    ["1,5", undefined],
    ["1e999", undefined],
    ["Infinity", undefined],
    [".", undefined],
    ["--1", undefined],
    ["٣", undefined],
  ] as const)
    expect([text, numberOf(text)]).toEqual([text, value]);
});

test("what is written is read again", () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
  fc.assert(
    fc.property(number, number, (a, b) => {
      const near = { kind: "near" as const, value: a, tolerance: Math.abs(b) };
      const between = { kind: "between" as const, min: Math.min(a, b), max: Math.max(a, b) };
      expect(parseNumberRange(formatNumberRange(near))).toEqual(near);
      expect(parseNumberRange(formatNumberRange(between))).toEqual(between);
    }),
  );
  expect(parseNumberRange(formatNumberRange({ kind: "any" }))).toEqual({ kind: "any" });
});
