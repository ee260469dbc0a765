import { expect, test } from "bun:test";
import { Context } from "./context.ts";
import { hashWord } from "./hash-bytes.ts";

const small = { slots: 8, sums: 1, sets: 1, timeConstant: 10 };

test("a context remembers its sums and sets, and forgets them", () => {
  const context = new Context(small);
  const slot = context.touch(1, 2, 100);
  context.addTo(slot, 0, 5);
  for (const thing of [1, 2, 2]) context.note(slot, 0, hashWord(thing, 0), 100);
  expect(context.touch(1, 2, 100)).toBe(slot);
  expect(context.sum(slot, 0)).toBe(5);
  expect(context.different(slot, 0, 100)).toBeCloseTo(2, 1);
  context.touch(1, 2, 110);
  expect(context.sum(slot, 0)).toBeCloseTo(5 / Math.E, 9);
  context.touch(1, 2, 130);
  expect(context.different(slot, 0, 130)).toBe(0);
});

test("what takes the slot of another begins empty", () => {
  const context = new Context(small);
  for (let key = 0; key < 8; key++) {
    const slot = context.touch(key, 0, key);
    context.addTo(slot, 0, 7);
    context.note(slot, 0, key, key);
  }
  const slot = context.touch(8, 0, 8);
  expect(context.table.evicted).toBe(1);
  expect([context.sum(slot, 0), context.different(slot, 0, 8)]).toEqual([0, 0]);
});

test("asking about a context that is not there is no touch", () => {
  const context = new Context(small);
  expect(context.sumOf(1, 2, 0, 0)).toBe(0);
  expect(context.table.size).toBe(0);
  context.addTo(context.touch(1, 2, 0), 0, 4);
  expect(context.sumOf(1, 2, 10, 0)).toBeCloseTo(4 / Math.E, 9);
});
