import { expect, test } from "bun:test";
import { RoundTrip } from "./round-trip.ts";

test("the time from the last ping to its own pong counts, and no other", () => {
  const trip = new RoundTrip();
  const pong = (payload: string, nowMs: number): number => {
    const bytes = Buffer.from(`?${payload}?`);
    trip.heard(bytes, 1, bytes.length - 1, nowMs);
    return trip.ms;
  };
  const first = trip.begin(1_000);
  const second = trip.begin(2_000);
  expect([pong(first, 2_010), pong("x".repeat(33), 2_020), pong(second, 2_030)]).toEqual([0, 0, 30]);
});
