import { expect, test } from "bun:test";
import { NumberIndex, PairIndex } from "./number-index.ts";

test("numbers have places in the order in which they came, however many", () => {
  const index = new NumberIndex();
  const numbers = Array.from(
    { length: 20_000 },
    (_, i) => (i % 2 === 0 ? i + 1 : 0xffffffff - i * 4096) >>> 0,
  );
  for (const [place, number] of numbers.entries()) {
    expect(index.has(number)).toBe(false);
    expect(index.placeOf(number)).toBe(place);
  }
  for (const [place, number] of numbers.entries()) expect(index.placeOf(number)).toBe(place);
  expect([index.count, index.has(numbers[7]!), index.has(4)]).toEqual([20_000, true, false]);
  index.clear();
  expect([index.count, index.has(numbers[7]!), index.placeOf(numbers[7]!)]).toEqual([0, false, 0]);
});

test("pairs are the same in either order", () => {
  const index = new PairIndex();
  const pairs = Array.from({ length: 20_000 }, (_, i) => [i % 150, 1000 + Math.floor(i / 150)] as const);
  for (const [place, [a, b]] of pairs.entries()) {
    expect(index.has(a, b)).toBe(false);
    expect(index.placeOf(a, b)).toBe(place);
  }
  for (const [place, [a, b]] of pairs.entries()) expect(index.placeOf(b, a)).toBe(place);
  expect([index.count, index.has(1001, 3), index.has(3, 3)]).toEqual([20_000, true, false]);
  index.clear();
  expect([index.count, index.has(1001, 3), index.placeOf(3, 1001)]).toEqual([0, false, 0]);
});
