import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { DistinctCounts } from "./distinct-counts.ts";
import { hashWord } from "./hash-bytes.ts";

test("nothing, the same thing often, and two things", () => {
  const counts = new DistinctCounts(1, 10);
  expect(counts.count(0)).toBe(0);
  for (let i = 0; i < 100; i++) counts.add(0, hashWord(1, 0));
  expect(counts.count(0)).toBeCloseTo(1, 1);
  counts.add(0, hashWord(2, 0));
  expect(counts.count(0)).toBeCloseTo(2, 1);
});

test.each([
  [3, 0.1],
  [10, 0.12],
  [100, 0.15],
  [1000, 0.15],
  [100_000, 0.15],
  [3_000_000, 0.15],
])("%p different things: the root mean square error is within %p", (things, allowed) => {
  const rounds = things > 10_000 ? 20 : 200;
  let squares = 0;
  for (let round = 0; round < rounds; round++) {
    const counts = new DistinctCounts(1, 10);
    for (let i = 0; i < things; i++) counts.add(0, hashWord(i, round));
    squares += (counts.count(0) / things - 1) ** 2;
  }
  // Of 20 rounds the error of the error itself is large.
  expect(Math.sqrt(squares / rounds)).toBeLessThan(allowed * (rounds > 20 ? 1 : 1.6));
});

describe("of late", () => {
  test("is this window and the one before", () => {
    const counts = new DistinctCounts(1, 10);
    counts.reset(0, 0);
    for (let i = 0; i < 20; i++) counts.add(0, hashWord(i, 0));
    const all = counts.count(0);
    counts.advance(0, 19.9);
    expect(counts.count(0)).toBeCloseTo(all, 9);
    counts.add(0, hashWord(0, 0));
    counts.advance(0, 20);
    expect(counts.count(0)).toBeCloseTo(1, 1);
    counts.advance(0, 40);
    expect(counts.count(0)).toBe(0);
  });

  test("time that runs backwards, or is none, changes nothing", () => {
    const counts = new DistinctCounts(1, 10);
    counts.reset(0, 100);
    counts.add(0, hashWord(1, 0));
    for (const time of [0, 99, NaN]) counts.advance(0, time);
    expect(counts.count(0)).toBeCloseTo(1, 1);
  });

  test("against one sketch over what both windows hold", () => {
    const notes = fc.array(fc.record({ row: fc.nat(1), thing: fc.nat(200), passed: fc.nat(12) }), {
      maxLength: 80,
    });
    fc.assert(
      fc.property(notes, (all) => {
        const counts = new DistinctCounts(2, 10);
        const kept: { row: number; thing: number; window: number }[] = [];
        let time = 0;
        for (const { row, thing, passed } of all) {
          time += passed;
          counts.advance(row, time);
          counts.add(row, hashWord(thing, 0));
          kept.push({ row, thing, window: Math.floor(time / 10) });
        }
        for (const row of [0, 1]) {
          counts.advance(row, time);
          const twin = new DistinctCounts(1, 10);
          for (const each of kept)
            if (each.row === row && each.window >= Math.floor(time / 10) - 1)
              twin.add(0, hashWord(each.thing, 0));
          expect(counts.count(row)).toBeCloseTo(twin.count(0), 9);
        }
      }),
    );
  });
});
