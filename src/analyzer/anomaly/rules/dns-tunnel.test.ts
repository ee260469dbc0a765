import { describe, expect, test } from "bun:test";
import { bytes } from "../../capture/bytes-builder.test-support.ts";
import { SeededRandom } from "../seeded-random.ts";
import {
  countsOf,
  datagram,
  dnsQuestion,
  overIpv4,
  reasonsOf,
  rulesOf,
  times,
  type TimedPacket,
} from "./rules.test-support.ts";

const [a, txt] = [1, 16];

function asks(name: string, at: number, type = a): TimedPacket {
  return { data: overIpv4(17, datagram(4000, 53, dnsQuestion(name, type))), at };
}

function noise(random: SeededRandom, length: number): string {
  return Array.from({ length }, () => Math.floor(random.fraction() * 36).toString(36)).join("");
}

describe("data in names", () => {
  const random = new SeededRandom(1);

  test("many long names of one domain, whatever case the domain has", () => {
    const names = times(60, (i) =>
      asks(`${noise(random, 40)}.tunnel.${i % 2 ? "Example" : "example"}.org`, i / 4),
    );
    expect(countsOf(names)["dns-tunnel"]).toBeGreaterThan(35);
    expect(reasonsOf(names).at(-1)!.text).toMatch(
      /^is about one of \d+ different names below Example.org within/,
    );
  });

  test("shorter names where much comes back", () => {
    const names = times(60, () => `${noise(random, 14)}.t.example.org`);
    expect(countsOf(names.map((name, i) => asks(name, i / 4, txt)))["dns-tunnel"]).toBeGreaterThan(35);
    expect(countsOf(names.map((name, i) => asks(name, i / 4)))).toEqual({});
  });

  test.each<[string, (i: number) => string]>([
    ["names of hosts", (i) => `www${i}.example.org`],
    ["one long name again and again", () => "d3b07384d113edec49eaa6238ad5ff00c0ffee11.cdn.example.org"],
    ["long names, of a domain each", (i) => `d3b07384d113edec49eaa6238ad5ff${i}.domain${i}.org`],
    ["reverse lookups", (i) => `${i}.4.3.2.1.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa`],
    ["block lists", (i) => `${i}.113.0.203.zen.example.org`],
    ["domains below co.uk", (i) => `a-rather-long-company-name-${i}-of-the-north.co.uk`],
  ])("not %s", (_, name) => {
    expect(countsOf(times(60, (i) => asks(name(i), i / 4)))).toEqual({});
  });
});

test.each([
  ["a label that runs past the end", bytes("0001 0100 0001 0000 0000 0000 3f61")],
  ["a pointer as a question", bytes("0001 0100 0001 0000 0000 0000 c00c 0001 0001")],
  ["only a header", bytes("0001 0100 0001 0000 0000 0000")],
  ["half a header", bytes("0001 0100 00")],
  [
    "a hundred and fifty labels",
    bytes("0001 0100 0001 0000 0000 0000", ...times(150, () => "0161"), "00 0001 0001"),
  ],
])("%s says nothing", (_, payload) => {
  expect(rulesOf([{ data: overIpv4(17, datagram(4000, 53, payload)) }])).toEqual([""]);
});
