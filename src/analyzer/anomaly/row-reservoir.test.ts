import { expect, test } from "bun:test";
import { RowReservoir } from "./row-reservoir.ts";
import { SeededRandom } from "./seeded-random.ts";

test("while there is room, all rows in order", () => {
  const reservoir = new RowReservoir(3, 2, new SeededRandom(1));
  expect([reservoir.count, reservoir.held.length]).toEqual([0, 0]);
  reservoir.offer(Float64Array.of(1, 2));
  reservoir.offer(Float64Array.of(9, 9, 3, 4), 2);
  expect(reservoir.held).toEqual(Float64Array.of(1, 2, 3, 4));
  expect([reservoir.count, reservoir.offered]).toEqual([2, 2]);
});

test("each row of a stream is kept equally often", () => {
  const random = new SeededRandom(2);
  const kept = Array.from({ length: 20 }, () => 0);
  for (let round = 0; round < 5000; round++) {
    const reservoir = new RowReservoir(5, 1, random);
    for (let i = 0; i < 20; i++) reservoir.offer(Float64Array.of(i));
    expect(reservoir.held.length).toBe(5);
    for (const row of reservoir.held) kept[row]!++;
  }
  // 1,250 expected of each, with a standard deviation of 31.
  for (const count of kept) expect(Math.abs(count - 1250)).toBeLessThan(150);
});
