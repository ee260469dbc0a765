import { expect, test } from "bun:test";
import type { Connection } from "../net/connection.ts";
import { defaultLimits, maxAllowances, noLimits } from "./limits.ts";
import { Allowances, Pace, type Delays } from "./pace.ts";

const newDelays = (): Delays => ({
  delayedStrangers: 0,
  delayedMessages: 0,
  overKept: 0,
  delayedJoins: 0,
  delayedChunks: 0,
  delayedUploads: 0,
  delayedCommands: 0,
});

/** Counts how often it is held. */
function fakeConnection(): { connection: Connection; holds: () => number } {
  let holds = 0;
  const connection = { hold: () => void holds++, release: () => void holds-- } as unknown as Connection;
  return { connection, holds: () => holds };
}

test("what comes too fast holds the connection once, for as long as the slowest of it takes, and is counted", async () => {
  const { connection, holds } = fakeConnection();
  const delays = newDelays();
  const pace = new Pace({ ...defaultLimits, messageBurst: 2, messagesPerSecond: 1_000 }, () => 0, delays);
  pace.take(connection, 0);
  expect([holds(), delays.delayedMessages]).toEqual([0, 0]);
  pace.take(connection, 0);
  expect([holds(), delays.delayedMessages]).toEqual([1, 1]);
  for (let i = 0; i <= defaultLimits.commands.burst; i++) pace.takeCostly(connection, "commands");
  expect([holds(), delays.delayedCommands > 0]).toEqual([1, true]);
  while (holds() > 0) await Bun.sleep(5);
  pace.takeCostly(connection, "joins");
  expect([holds(), delays.delayedJoins, delays.delayedUploads]).toEqual([0, 0, 0]);
  pace.stop();
});

test("the kinds are counted apart, and without limits nobody waits", () => {
  const { connection, holds } = fakeConnection();
  const delays = newDelays();
  const pace = new Pace(noLimits, () => 0, delays);
  for (let i = 0; i < 10_000; i++) {
    pace.take(connection, 1 << 20);
    for (const kind of ["strangers", "joins", "uploads", "commands"] as const)
      pace.takeCostly(connection, kind);
  }
  expect([holds(), delays]).toEqual([0, newDelays()]);
});

test("who comes in anew goes on with what is left; of too many people the first is forgotten", () => {
  const { connection, holds } = fakeConnection();
  const limits = { ...defaultLimits, messageBurst: 3, messagesPerSecond: 1 };
  const allowances = new Allowances(limits, () => 0);
  const paceOf = (name: string): Pace => {
    const pace = new Pace(limits, () => 0, newDelays());
    pace.goOnWith(allowances.of(name));
    return pace;
  };
  for (let i = 0; i < 2; i++) paceOf("eve").take(connection, 0);
  expect(holds()).toBe(0);
  const last = paceOf("eve");
  last.take(connection, 0);
  expect(holds()).toBe(1);
  last.stop();
  for (let i = 0; i < maxAllowances; i++) allowances.of(`student${i}`);
  paceOf("eve").take(connection, 0);
  expect(holds()).toBe(1);
});
