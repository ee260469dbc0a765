/** What the panels show of a selection, against the packets that tshark selects. */
import { expect } from "bun:test";
import { sizeBins } from "../../public/analyzer/overview/size-bins.ts";
import type { ShownPanels } from "./shown-panels.test-support.ts";
import { endsOf, portsOf, type TsharkPacket } from "./tshark-packets.test-support.ts";

export interface MixFilter {
  /** Of the page's address. */
  search: string;
  /** The display filter that means the same. */
  tshark: string;
  /** The same of tshark's fields, which must count as many packets. */
  holds: (packet: TsharkPacket) => boolean;
}

/** Layers as pcs calls them, and as tshark does. */
const layers = {
  ipv4: "ip",
  ipv6: "ipv6",
  tcp: "tcp",
  udp: "udp",
  arp: "arp",
  icmp: "icmp",
  icmpv6: "icmpv6",
};

/** @param flagged numbers of the packets of the capture that are flagged */
export function expectShown(
  shown: ShownPanels,
  packets: readonly TsharkPacket[],
  flagged: ReadonlySet<number>,
): void {
  const of = (holds: (packet: TsharkPacket) => boolean): TsharkPacket[] => packets.filter(holds);
  const all = packets.length;
  const strange = of(({ number }) => flagged.has(number)).length;
  expect(shown.facts).toMatchObject({ Packets: text(all), Abnormal: text(strange) });
  expect(shown.bytes).toBe(bytesOf(packets));
  expect(sum(Object.values(shown.protocols))).toBe(all);
  for (const [name, protocol] of Object.entries(layers))
    expect([name, shown.layers[name] ?? 0]).toEqual([
      name,
      of(({ protocols }) => protocols.has(protocol)).length,
    ]);
  for (const { label, from, to } of sizeBins)
    expect([label, shown.sizes[label] ?? 0]).toEqual([
      label,
      of(({ size }) => size >= from && size <= to).length,
    ]);
  expect(shown.second).toBeDefined();
  const { time, packets: inSecond } = shown.second!;
  expect(inSecond).toBe(of((packet) => Math.floor(packet.time) === time).length);
  expect(shown.packets).toEqual({ rows: all, first: packets.slice(0, 10).map(({ number }) => number) });
  expect(shown.flagged).toEqual({ scored: all, flagged: strange });
  expectTables(shown.tables, packets);
}

/** The first row of each table, which has the most bytes, and how many rows there are. */
function expectTables(tables: ShownPanels["tables"], packets: readonly TsharkPacket[]): void {
  // Quoted headers are no host's.
  const ends = packets.map((packet) => {
    const isQuoting = packet.protocols.has("icmp") || packet.protocols.has("icmpv6");
    return endsOf(packet).slice(0, isQuoting ? 1 : undefined);
  });
  const addresses = new Set(ends.flat(2));
  const pairs = new Set(ends.flat().map((pair) => pair.toSorted().join(" ")));
  expectNear(tables.hosts.rows, addresses.size);
  expectNear(tables.conversations.rows, pairs.size);
  if (addresses.size === 0) return;
  const [host] = tables.hosts.first;
  const address = host!.split("\n")[0]!;
  const ofHost = packets.filter((_, i) => ends[i]!.flat().includes(address));
  expectRow(tables.hosts.first.slice(3), ofHost);
  const [a, b] = tables.conversations.first[0]!.split("\n").map((end) => end.replace("↔\u00a0", "")) as [
    string,
    string,
  ];
  const ofPair = packets.filter((_, i) => ends[i]!.some((pair) => pair.includes(a) && pair.includes(b)));
  expectRow(tables.conversations.first.slice(1), ofPair);
  if (tables.flows.rows === 0) return;
  const [from, to] = tables.flows.first[0]!.split("\n").map((end) => partsOf(end.replace("→\u00a0", ""))) as [
    End,
    End,
  ];
  const ofFlow = packets.filter(
    (packet, i) =>
      ends[i]!.some((pair) => pair.includes(from.address) && pair.includes(to.address)) &&
      portsOf(packet).some((ports) => ports.toSorted().join() === [from.port, to.port].sort().join()),
  );
  expectRow(tables.flows.first.slice(3), ofFlow);
}

/** tshark has no count of hosts by display filter; broken headers and quotes in reports make a few more or fewer. */
function expectNear(shown: number, found: number): void {
  expect(Math.abs(shown - found)).toBeLessThanOrEqual(5 + found * 0.04);
}

/** Bytes with their hint, and packets, both ways together. */
function expectRow([volume, packets]: string[], expected: readonly TsharkPacket[]): void {
  const bytes = [...volume!.matchAll(/([\d,]+) bytes/g)].map(([, count]) =>
    Number(count!.replaceAll(",", "")),
  );
  expect({ packets: packets!.trim(), bytes: sum(bytes) }).toEqual({
    packets: text(expected.length),
    bytes: bytesOf(expected),
  });
}

interface End {
  address: string;
  port: string;
}

function partsOf(end: string): End {
  const parts = /^(?:\[(.+)\]|([^:]+)):(\d+)$/.exec(end);
  return parts === null ? { address: end, port: "0" } : { address: (parts[1] ?? parts[2])!, port: parts[3]! };
}

function bytesOf(packets: readonly TsharkPacket[]): number {
  return sum(packets.map(({ size }) => size));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

function text(count: number): string {
  return count.toLocaleString("en");
}
