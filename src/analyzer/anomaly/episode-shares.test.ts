import { expect, test } from "bun:test";
import { EpisodeShares } from "./episode-shares.ts";
import { maxEpisodeShares } from "./limits.ts";

test("packets of an end are counted by their episode", () => {
  const shares = new EpisodeShares();
  for (const [end, episode] of [
    [7, 1],
    [7, 1],
    [7, 3],
    [0xffff_ffff, 1],
    [0, 2],
  ] as const)
    shares.add(end, episode);
  expect([
    shares.within(7, [1]),
    shares.within(7, [3, 1, 2]),
    shares.within(0xffff_ffff, [1, 2, 3]),
    shares.within(0, [2]),
    shares.within(7, []),
    shares.within(8, [1, 2, 3]),
  ]).toEqual([2, 3, 1, 1, 0, 0]);
  expect(shares.displaced).toBe(0);
});

test("where there are too many those with the fewest packets give way, and are counted", () => {
  const shares = new EpisodeShares();
  for (let i = 0; i < 1000; i++) shares.add(1, 1);
  const more = 2 * maxEpisodeShares;
  for (let end = 2; end < more + 2; end++) shares.add(end, 2);
  expect(shares.within(1, [1])).toBe(1000);
  expect(shares.displaced).toBeGreaterThan(more - maxEpisodeShares);
  let known = 0;
  for (let end = 2; end < more + 2; end++) known += shares.within(end, [2]);
  expect(known + shares.displaced).toBe(more);
});
