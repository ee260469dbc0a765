import { expect, test } from "bun:test";
import { flowBit, flowFloat, flowKeyWords, flowStride, flowWord } from "./flow-record.ts";

test("no two values share a place, and all lie in the record", () => {
  const words = Object.entries(flowWord).flatMap(([name, at]) =>
    name === "low" || name === "high" ? [at, at + 1, at + 2, at + 3] : [at],
  );
  const floats = Object.values(flowFloat).flatMap((at) => [at * 2, at * 2 + 1]);
  const places = [...words, ...floats];
  expect(new Set(places).size).toBe(places.length);
  expect(Math.max(...places)).toBeLessThan(flowStride);
  expect(flowWord.high + 4).toBe(2 + flowKeyWords);
});

test("the bits of the high end are one to the left of the low end's", () => {
  expect([
    flowBit.highSyn,
    flowBit.highFin,
    flowBit.highFirst,
    flowBit.highNext,
    flowBit.highGap,
    flowBit.highMac,
  ]).toEqual(
    [flowBit.lowSyn, flowBit.lowFin, flowBit.lowFirst, flowBit.lowNext, flowBit.lowGap, flowBit.lowMac].map(
      (bit) => bit << 1,
    ),
  );
});
