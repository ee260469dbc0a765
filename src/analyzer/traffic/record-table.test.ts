import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { RecordTable } from "./record-table.ts";

/** A table whose records hold a number behind their key, which is also how active they are. */
function tableOf(limit: number) {
  const gone: number[] = [];
  const table: RecordTable = new RecordTable({
    stride: 6,
    keyWords: 2,
    limit,
    activity: (row) => table.words[row * 6 + 4]!,
    beforeEvict: (row) => gone.push(table.words[row * 6 + 2]!),
  });
  const find = (a: number, b = 0): number => {
    table.key[0] = a;
    table.key[1] = b;
    return table.find(table.hash());
  };
  const insert = (a: number, b = 0, active = a): number => {
    find(a, b);
    const row = table.insert(table.hash());
    table.words[row * 6 + 4] = active;
    return row;
  };
  return { table, gone, find, insert };
}

test("holds what a map of the same keys holds, while it grows", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5000), { maxLength: 3000 }), (keys) => {
      const { table, find, insert } = tableOf(10_000);
      const twin = new Map<number, number>();
      for (const key of keys) if (!twin.has(key)) twin.set(key, insert(key, key >> 3));
      for (const [key, row] of twin) expect(find(key, key >> 3)).toBe(row);
      expect(find(6000)).toBe(-1);
      expect(table.count).toBe(twin.size);
    }),
    { numRuns: 20 },
  );
});

test("a full table lets the least active go, and finds the others", () => {
  const { table, gone, find, insert } = tableOf(64);
  for (let key = 1; key <= 1000; key++) insert(key);
  expect(table.count).toBeLessThanOrEqual(64);
  expect(table.created).toBe(1000);
  expect(table.evicted).toBe(1000 - table.count);
  expect(gone).toHaveLength(table.evicted);
  for (let key = 990; key <= 1000; key++) expect(find(key)).toBeGreaterThanOrEqual(0);
  for (const key of gone) expect(find(key)).toBe(-1);
});

test("a record that was detached stays, and is found no more", () => {
  const { table, find, insert } = tableOf(100);
  const rows = [1, 2, 3, 4, 5].map((key) => insert(key));
  expect(find(3)).toBe(rows[2]!);
  const instead = table.insertInstead(rows[2]!);
  expect(find(3)).toBe(instead);
  expect(instead).not.toBe(rows[2]!);
  const seen: number[] = [];
  table.forEach((row) => seen.push(row));
  expect(seen).toHaveLength(6);
  for (const [i, key] of [1, 2, 4, 5].entries()) expect(find(key)).toBe(rows[[0, 1, 3, 4][i]!]!);
});

test("a table full of records alike still lets some go", () => {
  const { table, insert } = tableOf(16);
  for (let key = 1; key <= 200; key++) insert(key, 0, 7);
  expect(table.count).toBeLessThanOrEqual(16);
});
