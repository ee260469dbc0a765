import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { MessageBucket } from "./message-bucket.ts";

describe("a person who sends", () => {
  test("a burst within the bound never waits", () => {
    const bucket = new MessageBucket(100, 10, 0);
    for (let i = 0; i < 99; i++) expect(bucket.take(1, () => 0)).toBe(0);
    expect(bucket.take(1, () => 0)).toBeGreaterThan(0);
  });

  test("at the allowed rate never waits", () => {
    const bucket = new MessageBucket(20, 10, 0);
    for (let i = 1; i < 1_000; i++) expect(bucket.take(1, () => i * 100)).toBe(0);
  });

  test("without a limit never waits", () => {
    const bucket = new MessageBucket(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0);
    for (let i = 0; i < 1_000; i++) expect(bucket.take(1, () => 0)).toBe(0);
  });

  test("as fast as it is let passes at most twice the burst and then the rate", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 50 }),
        fc.integer({ min: 1, max: 500 }),
        fc.array(fc.nat(400), { maxLength: 200 }),
        (burst, perSecond, pauses) => {
          const bucket = new MessageBucket(burst, perSecond, 0);
          let now = 0;
          let sent = 0;
          for (const pause of pauses) {
            for (let i = 0; i < 20; i++) {
              const wait = bucket.take(1, () => now);
              sent++;
              expect(wait).toBeGreaterThanOrEqual(0);
              now += wait;
            }
            now += pause;
            expect(sent).toBeLessThanOrEqual(2 * burst + (now / 1000) * perSecond + 1);
          }
        },
      ),
    );
  });

  test("much at once waits as long as much of little", () => {
    const [much, little] = [new MessageBucket(1_000, 100, 0), new MessageBucket(1_000, 100, 0)];
    for (let i = 0; i < 1_999; i++) little.take(1, () => 0);
    much.take(1_999, () => 0);
    expect(much.take(1, () => 0)).toBe(little.take(1, () => 0));
  });
});
