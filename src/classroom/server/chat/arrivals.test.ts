import { expect, test } from "bun:test";
import { Arrivals } from "./arrivals.ts";
import type { Member } from "../member.ts";

const member = (name: string): Member => ({ name }) as Member;

test("who comes back under the same name is waited for, whoever else comes", async () => {
  const bob = member("Bob");
  const arrivals = new Arrivals(() => undefined);
  const waits = [arrivals.returns(bob), arrivals.returns(bob)];
  arrivals.arrive("ann");
  arrivals.arrive("bob");
  expect(await Promise.all(waits)).toEqual([true, true]);
});

test("who is here again already is not waited for", async () => {
  const [before, now] = [member("bob"), member("bob")];
  expect(await new Arrivals(() => now).returns(before)).toBe(true);
});

test("not for ever, and not over the end", async () => {
  const bob = member("bob");
  expect(await new Arrivals(() => bob, 1).returns(bob)).toBe(false);
  const arrivals = new Arrivals(() => undefined);
  const waits = arrivals.returns(bob);
  arrivals.end();
  expect([await waits, await arrivals.returns(bob)]).toEqual([false, false]);
});
