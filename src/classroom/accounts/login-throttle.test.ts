import { describe, expect, test } from "bun:test";
import {
  firstWaitMs,
  freeFailures,
  loginsPerMinute,
  returnsPerMinute,
  LoginThrottle,
  longestWaitMs,
  maxRemembered,
  waitSentence,
} from "./login-throttle.ts";

describe("wrong passwords for a name from an address", () => {
  test("five are free, then each costs twice the wait, up to a bound", () => {
    const throttle = new LoginThrottle();
    let now = 1e6;
    for (let i = 0; i < freeFailures; i++) {
      expect(throttle.ask("10.0.0.1", "ann", now)).toBe(0);
      throttle.failed("10.0.0.1", "ann", now);
    }
    for (let waitMs = firstWaitMs; waitMs < longestWaitMs * 4; waitMs *= 2) {
      const expected = Math.min(waitMs, longestWaitMs);
      expect(throttle.ask("10.0.0.1", "ann", now)).toBe(expected);
      expect(throttle.ask("10.0.0.1", "ann", now + expected - 1)).toBe(1);
      now += expected;
      expect(throttle.ask("10.0.0.1", "ann", now)).toBe(0);
      throttle.failed("10.0.0.1", "ann", now);
    }
    expect(throttle.ask("10.0.0.2", "ann", now)).toBe(0);
    expect(throttle.ask("10.0.0.1", "bob", now)).toBe(0);
  });

  test("many at once are no more than one after the other", () => {
    const throttle = new LoginThrottle();
    const through = Array.from({ length: 20 }, () => throttle.ask("a", "ann", 0)).filter(
      (wait) => wait === 0,
    );
    expect(through.length).toBe(freeFailures);
    for (let i = 0; i < freeFailures; i++) throttle.failed("a", "ann", 5);
    expect(throttle.ask("a", "ann", 5)).toBe(firstWaitMs);
    expect([throttle.ask("a", "ann", 5 + firstWaitMs), throttle.ask("a", "ann", 5 + firstWaitMs)]).toEqual([
      0,
      firstWaitMs,
    ]);
    throttle.succeeded("a", "ann");
    expect(throttle.ask("a", "ann", 6 + firstWaitMs)).toBe(0);
  });

  test("the right one ends it", () => {
    const throttle = new LoginThrottle();
    for (let i = 0; i < 4; i++) throttle.failed("a", "ann", 0);
    throttle.succeeded("a", "ann");
    for (let i = 0; i < 4; i++) throttle.failed("a", "ann", 0);
    expect(throttle.ask("a", "ann", 0)).toBe(0);
  });
});

test("so many logins a minute from an address, whoever it is", () => {
  const throttle = new LoginThrottle();
  for (let i = 0; i < loginsPerMinute; i++) expect(throttle.ask("a", `student${i}`, i)).toBe(0);
  expect(throttle.ask("a", "one more", 20_000)).toBe(40_000);
  expect(throttle.ask("b", "one more", 20_000)).toBe(0);
  expect(throttle.ask("a", "one more", 60_000)).toBe(0);
});

test("so many returns of one person a minute, and of a whole class at once", () => {
  const throttle = new LoginThrottle();
  for (let i = 0; i < returnsPerMinute; i++) expect(throttle.askReturn("eve", i)).toBe(0);
  expect(throttle.askReturn("eve", 20_000)).toBe(40_000);
  for (let i = 0; i < 1_000; i++) expect(throttle.askReturn(`student${i}`, 20_000)).toBe(0);
  expect(throttle.askReturn("eve", 60_000)).toBe(0);
});

test("is bounded, counts what it forgets, and can be off", () => {
  const throttle = new LoginThrottle();
  for (let i = 0; i < maxRemembered + 10; i++) throttle.failed("a", `name${i}`, 0);
  expect(throttle.forgotten).toBe(10);
  const off = new LoginThrottle(false);
  for (let i = 0; i < 1000; i++) off.failed("a", "ann", 0);
  for (let i = 0; i < 1000; i++) expect(off.ask("a", "ann", 0)).toBe(0);
});

test("the sentence", () => {
  expect(waitSentence(1)).toBe("Too many logins were tried; please wait 1 second and try again.");
  expect(waitSentence(1001)).toEndWith("please wait 2 seconds and try again.");
});
