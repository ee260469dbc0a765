import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { shuffledOrder, studentSeed } from "./shuffle.ts";

test("an order holds each number once, and is the same again", () => {
  fc.assert(
    fc.property(fc.nat(100), fc.integer(), fc.integer({ min: -1, max: 100 }), (count, seed, stream) => {
      const order = shuffledOrder(count, seed, stream);
      expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index));
      expect(shuffledOrder(count, seed, stream)).toEqual(order);
    }),
  );
});

test("each of the six orders of three comes about equally often, over students and over questions", () => {
  for (const orderOf of [
    (index: number) => shuffledOrder(3, studentSeed(7, `student ${index}`), 0),
    (index: number) => shuffledOrder(3, 7, index),
  ]) {
    const counts = new Map<string, number>();
    for (let index = 0; index < 6_000; index++) {
      const order = orderOf(index).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // Five standard deviations.
    for (const count of counts.values()) expect(count).toBeWithin(1_000 - 145, 1_000 + 146);
  }
});

test("seeds differ between students and between runs", () => {
  const seeds = new Set(
    [1, 2].flatMap((run) => Array.from({ length: 500 }, (_, index) => studentSeed(run, `s${index}`))),
  );
  expect(seeds.size).toBe(1_000);
});
