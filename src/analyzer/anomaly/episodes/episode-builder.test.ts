import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { address, cell, reason } from "./cells.test-support.ts";
import { EpisodeBuilder } from "./episode-builder.ts";
import type { FlaggedCell } from "./flagged-cell.ts";
import { episodeGapSeconds, keptEpisodes, namedHosts, openEpisodes, toldEpisodes } from "./limits.ts";

const [attacker, victim] = ["192.0.2.1", "198.51.100.1"];
const everything = 10 * keptEpisodes;

function build(cells: Iterable<FlaggedCell>): EpisodeBuilder {
  const builder = new EpisodeBuilder();
  for (const each of cells) builder.add(each);
  return builder;
}

const many = (count: number, make: (i: number) => FlaggedCell): FlaggedCell[] =>
  Array.from({ length: count }, (_, i) => make(i));

const toVictim = { cause: "forest:destination", focus: "destination" } as const;
const shape = { cause: "forest:shape", focus: "pair" } as const;
const rule = { cause: "rule", focus: "source" } as const;

describe("one happening is one episode", () => {
  test.each<[string, string, number, FlaggedCell[]]>([
    ["a sweep", attacker, 501, many(500, (i) => cell(attacker, address(i), { start: i / 100 }))],
    [
      "a flood from invented sources",
      victim,
      40_001,
      many(40_000, (i) => cell(address(i), victim, { ...toVictim, start: i / 1e4 })),
    ],
    [
      "a flood that is about its pairs",
      victim,
      40_001,
      many(40_000, (i) => cell(address(i), victim, { ...shape, start: i / 1e4 })),
    ],
    [
      "a flood that is sometimes about its sources",
      victim,
      1001,
      many(1000, (i) => cell(address(i), victim, i % 2 === 0 ? toVictim : {})),
    ],
    [
      "a scan and its answers",
      attacker,
      2,
      many(100, (i) =>
        i % 2 === 0 ? cell(attacker, victim) : cell(victim, attacker, i % 3 === 0 ? toVictim : {}),
      ),
    ],
    [
      "a scan that seemed to be about its first victim",
      attacker,
      3,
      [
        cell(attacker, victim, toVictim),
        cell(attacker, "10.0.0.1"),
        cell(attacker, victim, { ...toVictim, number: 2 }),
        cell(attacker, victim),
      ],
    ],
    [
      "a reflection by several, that is about each of them",
      victim,
      6,
      many(900, (i) => cell(address(i % 5), victim, { start: i / 100 })),
    ],
    [
      "a flood that is about its sources at first",
      victim,
      1001,
      many(1000, (i) => cell(address(i), victim, i < 50 ? {} : toVictim)),
    ],
    ["different causes", attacker, 3, [cell(attacker, victim), cell(attacker, "10.0.0.9", rule)]],
    [
      "what goes on with pauses",
      attacker,
      2,
      many(50, (i) => cell(attacker, victim, { start: i * episodeGapSeconds })),
    ],
    [
      "times backwards",
      attacker,
      2,
      many(50, (i) => cell(attacker, victim, { start: -i * episodeGapSeconds })),
    ],
    [
      "no times, or some",
      attacker,
      2,
      many(9, (i) => cell(attacker, victim, { start: i % 2 === 0 ? Number.NaN : i })),
    ],
  ])("%s", (_, focus, hosts, cells) => {
    const { total, evicted, top } = build(cells).snapshot();
    expect([total, evicted, top.length]).toEqual([1, 0, 1]);
    expect(top[0]!.packets).toBe(cells.length);
    expect(top[0]!.hosts[0]).toBe(focus);
    expect(top[0]!.hosts).toHaveLength(Math.min(hosts, namedHosts));
    expect(new Set(top[0]!.hosts).size).toBe(top[0]!.hosts.length);
    expect(Math.abs(top[0]!.hostCount / hosts - 1)).toBeLessThan(0.2);
  });
});

describe("what does not belong together stays apart", () => {
  test.each<[string, FlaggedCell[]]>([
    ["different hosts", [cell("a", "x"), cell("b", "y")]],
    ["a later time", [cell("a", "x"), cell("a", "x", { start: episodeGapSeconds + 0.1 })]],
    ["an earlier time", [cell("a", "x", { start: episodeGapSeconds + 0.1 }), cell("a", "x")]],
    ["a rule about the other end", [cell("a", "x"), cell("x", "a", rule)]],
    [
      "two hosts that met a third, for different causes",
      [cell("a", "v"), cell("b", "v", { cause: "forest:new" })],
    ],
    ["two rules about two senders to one host", [cell("a", "v", rule), cell("b", "v", rule)]],
    ["a chain", [cell("a", "x"), cell("x", "a"), cell("x", "y")]],
    [
      "two sweeps over one victim",
      [cell("a", "x"), cell("a", "v"), cell("b", "y"), cell("b", "v"), cell("v", "a"), cell("v", "b")],
    ],
  ])("%s", (_, cells) => {
    expect(build(cells).snapshot().top).toHaveLength(2);
  });
});

test("an episode tells all that it is about", () => {
  const ports = reason("source.services", 212, "contacted 212 ports in 20 s; hosts here contact 1 to 3", 0.8);
  const fewer = reason("source.services", 20, "contacted 20 ports in 20 s; hosts here contact 1 to 3", 0.9);
  const other = reason("rule", 1, "something else", 0.2);
  const builder = build([
    cell("a", "b", {
      number: 7,
      start: 5,
      end: 6,
      packets: 4,
      bytes: 240,
      protocol: "UDP",
      reasons: [fewer],
    }),
    cell("a", "b", { number: 3, start: 4, end: 4, packets: 9, bytes: 540, protocol: "TCP", score: 0.5 }),
    cell("b", "a", { number: 9, start: 6, end: 9, protocol: "TCP", score: 0.6, reasons: [other, ports] }),
  ]);
  expect(builder.snapshot().top[0]!.reasons[0]).toMatchObject({ feature: "source.services", value: 212 });
  expect(builder.snapshot().top[0]).toMatchObject({
    start: 4,
    end: 9,
    packets: 14,
    bytes: 780,
    hosts: ["a", "b"],
    hostCount: 2,
    protocols: ["TCP", "UDP"],
    score: 0.7,
    title: "b contacted 212 ports in 20 s",
    number: 3,
  });
});

test("the gravest come first, then the biggest", () => {
  const builder = build([
    cell("a", "x", { score: 0.6, packets: 9 }),
    cell("b", "y", { score: 0.9 }),
    cell("c", "z", { score: 0.6, packets: 10 }),
  ]);
  expect(builder.snapshot().top.map(({ hosts }) => hosts[0])).toEqual(["b", "c", "a"]);
  expect(builder.snapshot(1).top).toHaveLength(1);
});

test("of too many the gravest are kept, and the others counted", () => {
  const count = 20_000;
  const score = (i: number): number => ((i * 7919) % count) / count;
  const builder = build(
    many(count, (i) => cell(`s${i}`, `d${i}`, { number: i + 1, start: i / 1e4, score: score(i) })),
  );
  const { total, evicted, top } = builder.snapshot(everything);
  expect(total).toBe(count);
  expect(total - evicted).toBe(top.length);
  expect(top.length).toBeLessThan(2 * keptEpisodes + openEpisodes);
  const scores = Array.from({ length: count }, (_, i) => score(i)).sort((a, b) => b - a);
  expect(top.slice(0, keptEpisodes).map((each) => each.score)).toEqual(scores.slice(0, keptEpisodes));
  expect(builder.snapshot().top).toHaveLength(toldEpisodes);
});

test("where too many go on, the one that was silent longest ends", () => {
  const builder = new EpisodeBuilder();
  const [busy, silent] = ["busy", "silent"];
  builder.add(cell(silent, "x"));
  for (let i = 0; i < 3 * openEpisodes; i++) {
    builder.add(cell(busy, "y", { score: 1 }));
    builder.add(cell(`s${i}`, `d${i}`));
  }
  builder.add(cell(silent, "x"));
  const { top } = builder.snapshot(everything);
  const about = (host: string) => top.filter(({ hosts }) => hosts[0] === host).map(({ packets }) => packets);
  expect([about(busy), about(silent)]).toEqual([[3 * openEpisodes], [1, 1]]);
});

const times = fc.oneof(fc.double({ min: 0, max: 60 }), fc.constant(Number.NaN));
const ends = fc.constantFrom("a", "b", "c", "d", "e");
const cells: fc.Arbitrary<FlaggedCell> = fc.record({
  cause: fc.constantFrom("forest:source", "forest:shape", "rule"),
  focus: fc.constantFrom("source", "destination", "pair"),
  source: ends,
  destination: ends,
  number: fc.nat(),
  start: times,
  end: times,
  packets: fc.nat(1000),
  bytes: fc.nat(1000),
  score: fc.double({ min: 0, max: 1, noNaN: true }),
  reasons: fc.constant([]),
});

const sum = (values: number[]): number => values.reduce((all, each) => all + each, 0);

test("no packet and no byte is lost, whatever the order and the times", () => {
  fc.assert(
    fc.property(fc.array(cells, { maxLength: 200 }), (list) => {
      const { total, evicted, top } = build(list).snapshot(everything);
      expect([total, evicted]).toEqual([top.length, 0]);
      expect(sum(top.map(({ packets }) => packets))).toBe(sum(list.map(({ packets }) => packets)));
      expect(sum(top.map(({ bytes }) => bytes))).toBe(sum(list.map(({ bytes }) => bytes ?? 0)));
      for (const { start, end } of top) expect(start > end).toBe(false);
    }),
  );
});
