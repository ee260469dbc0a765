import { expect, test } from "bun:test";
import { answerRest, maxAnswers, maxAnswerSize, maxWaitingAnswers, snapshotMs } from "../limits.ts";
import { AnswerCache, TooManyQuestions } from "./answer-cache.ts";

let now = 0;
const counted = () => {
  let made = 0;
  return () => `${++made}`;
};

test("a final answer is made once, until all is let go", async () => {
  const cache = new AnswerCache(() => now);
  const make = counted();
  expect(await cache.answer("a", true, make)).toBe("1");
  now += 1e9;
  expect([await cache.answer("a", true, make), await cache.answer("b", true, make)]).toEqual(["1", "2"]);
  expect(cache).toMatchObject({ hits: 1, misses: 2, entries: 2, size: 2 });
  cache.clear();
  expect([await cache.answer("a", true, make), cache.size]).toEqual(["3", 1]);
});

test("of what still grows it is given again for a while, but not once it has ended", async () => {
  const cache = new AnswerCache(() => now);
  const make = counted();
  expect(await cache.answer("a", false, make)).toBe("1");
  now += snapshotMs - 1;
  expect(await cache.answer("a", false, make)).toBe("1");
  now++;
  expect(await cache.answer("a", false, make)).toBe("2");
  expect([await cache.answer("a", true, make), await cache.answer("a", true, make)]).toEqual(["3", "3"]);
});

test("what cost more is given again for longer", async () => {
  const cache = new AnswerCache(() => now);
  const make = counted();
  const slowly = (): string => {
    now += 1000;
    return make();
  };
  await cache.answer("a", false, slowly);
  now += 1000 * answerRest - 1;
  expect(await cache.answer("a", false, slowly)).toBe("1");
  now++;
  expect(await cache.answer("a", false, slowly)).toBe("2");
});

test("many who ask the same at once are told the same", async () => {
  const cache = new AnswerCache(() => now);
  const make = counted();
  const told = await Promise.all(Array.from({ length: 1000 }, () => cache.answer("a", true, make)));
  expect(new Set(told)).toEqual(new Set(["1"]));
  expect(cache.misses).toBe(1);
});

test("more different questions than may wait are refused, and all others answered, one after the other", async () => {
  const cache = new AnswerCache(() => now);
  const asked = Array.from({ length: maxWaitingAnswers + 5 }, (_, i) =>
    cache.answer(`${i}`, true, () => `${i}`).catch((error: unknown) => error),
  );
  const told = await Promise.all(asked);
  expect(told.slice(0, maxWaitingAnswers)).toEqual(
    Array.from({ length: maxWaitingAnswers }, (_, i) => `${i}`),
  );
  for (const refusal of told.slice(maxWaitingAnswers)) expect(refusal).toBeInstanceOf(TooManyQuestions);
  expect(cache.refused).toBe(5);
  expect(await cache.answer("again", true, () => "yes")).toBe("yes");
});

const fail = (): never => {
  throw new Error("so not");
};

test("a failure is told to who asked, and holds up nobody", async () => {
  const cache = new AnswerCache(() => now);
  const failing = cache.answer("a", true, fail);
  const other = cache.answer("b", true, () => "yes");
  expect(failing).rejects.toThrow("so not");
  expect(await other).toBe("yes");
  expect(await cache.answer("a", true, () => "now")).toBe("now");
});

test("what was asked before all was let go is not kept", async () => {
  const cache = new AnswerCache(() => now);
  const before = cache.answer("a", true, () => {
    cache.clear();
    return "old";
  });
  expect(await before).toBe("old");
  expect(await cache.answer("a", true, () => "new")).toBe("new");
});

test("the one asked for longest ago goes, by number and by size", async () => {
  const cache = new AnswerCache(() => now);
  for (let i = 0; i < maxAnswers; i++) await cache.answer(`${i}`, true, () => "x");
  await cache.answer("0", true, () => "again");
  await cache.answer("more", true, () => "x");
  expect(cache.entries).toBe(maxAnswers);
  expect(await cache.answer("0", true, () => "again")).toBe("x");
  expect(await cache.answer("1", true, () => "again")).toBe("again");
  const large = "x".repeat(maxAnswerSize / 2);
  for (const name of ["p", "q", "r"]) await cache.answer(name, true, () => large);
  expect([cache.size <= maxAnswerSize, cache.entries]).toEqual([true, 2]);
  await cache.answer("too large", true, () => `${large}${large}x`);
  expect(cache.entries).toBe(2);
});
