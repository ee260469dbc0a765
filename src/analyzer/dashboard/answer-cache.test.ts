import { expect, test } from "bun:test";
import { maxAnswerBytes, maxAnswers, snapshotMs } from "../limits.ts";
import { AnswerCache } from "./answer-cache.ts";

let now = 0;
const counted = () => {
  let made = 0;
  return () => `${++made}`;
};

test("a final answer is made once", () => {
  const cache = new AnswerCache(() => now);
  const make = counted();
  expect(cache.answer("a", true, make)).toBe("1");
  now += 1e9;
  expect([cache.answer("a", true, make), cache.answer("b", true, make)]).toEqual(["1", "2"]);
  expect(cache).toMatchObject({ hits: 1, misses: 2, entries: 2, size: 2 });
  cache.clear();
  expect([cache.answer("a", true, make), cache.size]).toEqual(["3", 1]);
});

test("of what still grows it is given again for a while, but not once it has ended", () => {
  const cache = new AnswerCache(() => now);
  const make = counted();
  expect(cache.answer("a", false, make)).toBe("1");
  now += snapshotMs - 1;
  expect(cache.answer("a", false, make)).toBe("1");
  now++;
  expect(cache.answer("a", false, make)).toBe("2");
  expect([cache.answer("a", true, make), cache.answer("a", true, make)]).toEqual(["3", "3"]);
});

test("the one asked for longest ago goes, by number and by size", () => {
  const cache = new AnswerCache(() => now);
  for (let i = 0; i < maxAnswers; i++) cache.answer(`${i}`, true, () => "x");
  cache.answer("0", true, () => "again");
  cache.answer("more", true, () => "x");
  expect(cache.entries).toBe(maxAnswers);
  expect(cache.answer("0", true, () => "again")).toBe("x");
  expect(cache.answer("1", true, () => "again")).toBe("again");
  const large = "x".repeat(maxAnswerBytes / 2);
  for (const name of ["p", "q", "r"]) cache.answer(name, true, () => large);
  expect([cache.size <= maxAnswerBytes, cache.entries]).toEqual([true, 2]);
  cache.answer("too large", true, () => `${large}${large}x`);
  expect(cache.entries).toBe(2);
});
