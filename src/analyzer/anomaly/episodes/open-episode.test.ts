import { expect, test } from "bun:test";
import { cell, reason } from "./cells.test-support.ts";
import { episodeProtocols, episodeReasons, toldReasons } from "./limits.ts";
import { OpenEpisode } from "./open-episode.ts";

test("reasons and protocols are bounded: the heaviest reasons are told, heaviest first", () => {
  const episode = new OpenEpisode(["a"]);
  const count = 4 * episodeReasons;
  for (let i = 0; i < count; i++) {
    const reasons = [reason(`f${i}`, 1, "something", ((i * 37) % count) / count)];
    episode.add(cell("a", "b", { protocol: `P${i}`, score: 1, reasons }));
  }
  const { reasons, protocols } = episode.describe();
  expect(protocols).toHaveLength(episodeProtocols);
  const heaviest = Array.from({ length: toldReasons }, (_, i) => (count - 1 - i) / count);
  expect(reasons.map(({ weight }) => weight)).toEqual(heaviest);
});

test.each([
  ["more of it", 500, 9, 500],
  ["less of it", 9, 500, 500],
  ["nothing, where much is typical", 0, 2.5, 0],
])("of one feature's values the strangest is told: %s", (_, first, second, told) => {
  const episode = new OpenEpisode(["a"]);
  for (const value of [first, second])
    episode.add(cell("a", "b", { reasons: [reason("source.peers", value, "")] }));
  expect(episode.describe().reasons.map(({ value }) => value)).toEqual([told]);
});

test("of values that are text the heaviest is told", () => {
  const episode = new OpenEpisode(["a"]);
  for (const [value, weight] of [
    ["x", 0.2],
    ["y", 0.9],
    ["z", 0.5],
  ] as const)
    episode.add(cell("a", "b", { reasons: [{ ...reason("rule", 0, "", weight), value, typical: "x" }] }));
  expect(episode.describe().reasons[0]!.value).toBe("y");
});

test("without reasons there is still a title", () => {
  const episode = new OpenEpisode(["a"]);
  episode.add(cell("a", "b"));
  expect(episode.describe().title).toBe("a sent or was sent what is strange here");
});

test("two episodes are one", () => {
  const [all, one, other] = [new OpenEpisode(["a"]), new OpenEpisode(["a"]), new OpenEpisode(["b"])];
  for (let i = 0; i < 20; i++) {
    const reasons = [reason(`f${i % 7}`, i, `something ${i}`)];
    const more = { number: i, start: i, protocol: `P${i % 3}`, packets: i, bytes: 9, score: i / 20, reasons };
    for (const each of [all, i % 2 === 0 ? one : other]) each.add(cell("a", "b", more));
  }
  one.absorb(other);
  expect(one.describe()).toMatchObject({ ...all.describe(), reasons: expect.any(Array) });
});
