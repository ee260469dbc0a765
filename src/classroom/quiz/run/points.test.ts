import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { maxRoundTripMs } from "./limits.ts";
import { fairElapsedMs, pointsOf } from "./points.ts";

const rules = { right: 1000, speedShare: 0.5, penalty: 0, hasParts: true };

describe("points", () => {
  for (const [what, fraction, elapsedMs, limitMs, given, points] of [
    ["right at once", 1, 0, 20_000, {}, 1000],
    ["right at half time", 1, 10_000, 20_000, {}, 750],
    ["right at the end", 1, 20_000, 20_000, {}, 500],
    ["right after the end", 1, 30_000, 20_000, {}, 500],
    ["right without a time", 1, 30_000, undefined, {}, 1000],
    ["right, speed does not count", 1, 10_000, 20_000, { speedShare: 0 }, 1000],
    ["half right", 0.5, 10_000, 20_000, {}, 375],
    ["half right where that is wrong", 0.5, 10_000, 20_000, { hasParts: false, penalty: 100 }, -100],
    ["wrong", 0, 0, 20_000, {}, 0],
    ["wrong with a penalty", 0, 0, 20_000, { penalty: 250 }, -250],
    ["worse than wrong", -0.25, 0, 20_000, {}, -250],
    ["not marked", undefined, 0, 20_000, { penalty: 250 }, 0],
    ["a third of one point", 1 / 3, 0, undefined, { right: 1 }, 0.33],
  ] as const)
    test(what, () => expect(pointsOf(fraction, elapsedMs, limitMs, { ...rules, ...given })).toBe(points));
});

describe("the time that counts", () => {
  for (const [what, serverMs, clientMs, roundTripMs, elapsedMs] of [
    ["the client's, where the network explains it", 1_000, 800, 300, 800],
    ["no less than the network explains", 1_000, 100, 300, 700],
    ["no more than the server's", 1_000, 1_200, 300, 1_000],
    ["without a clock the round trip is forgiven", 1_000, undefined, 300, 700],
    ["a clock that says nothing", 1_000, NaN, 300, 700],
    ["no round trip measured", 1_000, 10, 0, 1_000],
    ["a round trip beyond belief", 20_000, 0, 1e9, 20_000 - maxRoundTripMs],
    ["a negative round trip", 1_000, 10, -5, 1_000],
    ["a round trip of nonsense", 1_000, 10, NaN, 1_000],
    ["faster than the network", 100, 0, 300, 0],
  ] as const)
    test(what, () => expect(fairElapsedMs(serverMs, clientMs, roundTripMs)).toBe(elapsedMs));

  test("an honest client loses nothing by its network, whatever the delays are", () => {
    const delay = fc.integer({ min: 0, max: 2_000 });
    fc.assert(
      fc.property(delay, delay, fc.integer({ min: 0, max: 60_000 }), (down, up, tookMs) =>
        expect(fairElapsedMs(down + tookMs + up, tookMs, down + up)).toBe(tookMs),
      ),
    );
  });
});
