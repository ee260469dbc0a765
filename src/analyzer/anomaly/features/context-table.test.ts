import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { ContextTable } from "./context-table.ts";
import { hashWord } from "./hash-bytes.ts";

test("a key keeps its slot, and has it alone", () => {
  const table = new ContextTable(64, 10);
  const slot = table.touch(1, 2, 0);
  expect(table.isFresh).toBe(true);
  expect(table.touch(1, 2, 5)).toBe(slot);
  expect(table.isFresh).toBe(false);
  const others = [table.touch(2, 2, 0), table.touch(1, 3, 0), table.touch(0, 0, 0)];
  expect(new Set([slot, ...others]).size).toBe(4);
  expect([table.size, table.evicted]).toEqual([4, 0]);
});

test("what is not there is not found, the key of zeros included", () => {
  expect(new ContextTable(8, 1).find(0, 0)).toBe(-1);
});

test("numbers stay numbers through jumps of time", () => {
  const table = new ContextTable(8, 1);
  for (const time of [1.7e9, 0, 1e12, -1e12, 1e15, 1.7e9]) {
    for (let key = 0; key < 12; key++) table.touch(key, 0, time);
    const found = Array.from({ length: 12 }, (_, key) => table.find(key, 0)).filter((slot) => slot >= 0);
    expect(new Set(found).size).toBe(8);
  }
  expect(table.size).toBe(8);
});

test.each([0, 4, 12, 100, NaN])("%p slots are refused", (slots) => {
  expect(() => new ContextTable(slots, 1)).toThrow(
    new RangeError(`The slots of a table must be a power of two from 8 on, not ${slots}.`),
  );
});

describe("when a bucket is full", () => {
  test("the least active gives way: what was touched least, or longest ago", () => {
    const table = new ContextTable(8, 10);
    for (let key = 0; key < 8; key++) for (let i = 0; i <= key; i++) table.touch(key, 0, 100);
    table.touch(8, 0, 101);
    expect([table.find(0, 0), table.size, table.evicted]).toEqual([-1, 8, 1]);
    // Long ago and often is less than now and once.
    table.touch(9, 0, 1000);
    table.touch(10, 0, 1001);
    expect([1, 2, 3].map((key) => table.find(key, 0) >= 0)).toEqual([false, true, true]);
  });

  test("a flood of a million invented sources leaves the hosts at work", () => {
    const table = new ContextTable(4096, 60);
    const hosts = Array.from({ length: 100 }, (_, i) => [hashWord(i, 7), hashWord(i, 8)] as const);
    let lost = 0;
    for (let i = 0; i < 1_000_000; i++) {
      const time = i / 10_000;
      table.touch(hashWord(i, 1), hashWord(i, 2), time);
      if (i % 100 !== 0) continue;
      for (const [high, low] of hosts) {
        table.touch(high, low, time);
        if (i > 1000 && table.isFresh) lost++;
      }
    }
    expect(lost).toBe(0);
    expect(table.size).toBeLessThanOrEqual(4096);
    expect(table.size + table.evicted).toBe(1_000_100);
  });
});

test("against a map without bounds, while there is room", () => {
  const touches = fc.array(fc.tuple(fc.nat(3), fc.nat(3), fc.integer({ min: -50, max: 50 })), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(touches, (all) => {
      const table = new ContextTable(64, 5);
      const twin = new Map<string, number>();
      for (const [high, low, time] of all) {
        const name = `${high} ${low}`;
        const slot = table.touch(high, low, time);
        expect(table.isFresh).toBe(!twin.has(name));
        expect(twin.get(name) ?? slot).toBe(slot);
        twin.set(name, slot);
      }
      expect(table.size).toBe(twin.size);
    }),
  );
});
