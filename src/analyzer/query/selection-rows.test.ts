import { describe, expect, test } from "bun:test";
import { batchOf, type FixturePacket } from "../capture/capture-builder.test-support.ts";
import { decodeBatch } from "../packet/decode-batch.ts";
import { createDecodedColumns } from "../packet/decoded-columns.ts";
import { PacketStore } from "../store/packet-store.ts";
import { AddressIds } from "../store/address-ids.ts";
import { Traffic } from "../traffic/traffic.ts";
import {
  client,
  datagram,
  opening,
  ping,
  segment,
  server,
  type End,
} from "../traffic/traffic-builder.test-support.ts";
import { conversationRows } from "./conversation-rows.ts";
import { flowColumns, flowRows } from "./flow-rows.ts";
import { hostColumns, hostRows } from "./host-rows.ts";
import { PacketOrder } from "./packet-order.ts";
import { packetRows } from "./packet-rows.ts";
import type { Page } from "./page-query.ts";
import { parseFilter } from "./parse-filter.ts";
import { SelectionTally } from "./selection-tally.ts";
import { Selections } from "./selections.ts";

const other: End = { address: "20010db8000000000000000000000001", port: 5353 };
const another: End = { address: "20010db8000000000000000000000002", port: 53 };

const packets: FixturePacket[] = [
  ...opening(client, server, 10),
  { data: segment(server, client, { payload: new Uint8Array(500) }), seconds: 11 },
  { data: datagram(other, another), seconds: 12 },
  { data: datagram(another, other, new Uint8Array(200)), seconds: 13 },
  { data: ping(client, server), seconds: 14 },
];

function setUp(text: string, limit?: number, addresses?: AddressIds) {
  const store = new PacketStore(100, 4, addresses);
  const traffic = new Traffic();
  const columns = createDecodedColumns(10);
  const batch = batchOf(packets);
  decodeBatch(batch, columns);
  traffic.add(batch, columns);
  store.add(batch, columns, traffic.flowNumbers, traffic.outerFlowNumbers);
  store.setScores(4, Uint16Array.of(9000, 100, 6000), Uint32Array.of(1, 2, 3), 3);
  const filter = parseFilter(text);
  if (filter.kind === "problem") throw new Error(filter.message);
  const selection = new Selections(store).select(filter, 0.6);
  const tally = new SelectionTally(limit).count(selection);
  return {
    selection,
    tally,
    flows: flowRows(tally, store.addresses, {
      flow: (number) => traffic.flow(number),
      beganHigh: (number) => traffic.beganHigh(number),
    }),
    forgotten: flowRows(tally, store.addresses, { flow: () => undefined, beganHigh: () => undefined }),
    hosts: hostRows(tally, store.addresses, (list) => traffic.hostLabels(list)),
    conversations: conversationRows(tally, store.addresses),
  };
}

function page(sort?: string, offset = 0, limit = 100): Page {
  const order =
    sort === undefined ? undefined : { column: sort.replace("-", ""), descending: sort.startsWith("-") };
  return { kind: "page", offset, limit, sort: order };
}

test("flows have the packets that are selected, and the rest of what is known", () => {
  const { flows } = setUp("src 10.0.0.2");
  expect(flows.page(page())).toEqual({
    total: 1,
    offset: 0,
    rows: [
      {
        source: "10.0.0.1",
        sourcePort: 50_000,
        destination: "10.0.0.2",
        destinationPort: 443,
        transport: "tcp",
        protocol: "tls",
        name: null,
        detail: null,
        packetsOut: 0,
        packetsIn: 2,
        bytesOut: 0,
        bytesIn: 54 + 554,
        start: 10.02,
        durationSeconds: 0.98,
        state: "established",
        rttMs: 30,
        retransmissions: expect.any(Number) as number,
        outOfOrder: 0,
        resets: 0,
        flow: 1,
        score: 0.9,
        flagged: 1,
      },
    ],
  });
});

test("of a flow that is no longer kept the packets tell", () => {
  const { forgotten } = setUp("src 10.0.0.2 or udp");
  expect(forgotten.page(page("flow")).rows).toMatchObject([
    {
      source: "10.0.0.2",
      sourcePort: 443,
      destination: "10.0.0.1",
      transport: "tcp",
      packetsOut: 2,
      packetsIn: 0,
    },
    { source: "2001:db8::1", destinationPort: 53, protocol: "udp", packetsOut: 1, packetsIn: 1, state: null },
  ]);
});

test("an address that found no room is unknown, and its flow is still told", () => {
  const { forgotten, hosts, conversations } = setUp("", undefined, new AddressIds(1));
  expect(forgotten.page(page("flow")).rows.map(({ source, destination }) => [source, destination])).toEqual([
    ["10.0.0.1", "unknown"],
    ["unknown", "unknown"],
  ]);
  expect(hosts.page(page()).rows.map(({ address, packetsOut }) => [address, packetsOut])).toEqual([
    ["10.0.0.1", 3],
  ]);
  expect(conversations.total).toBe(1);
});

describe("hosts and conversations", () => {
  test("are sums over flows and what belongs to none", () => {
    const { hosts, conversations } = setUp("");
    expect(hosts.page(page("address")).rows).toMatchObject([
      {
        address: "10.0.0.1",
        packetsOut: 3,
        packetsIn: 2,
        peers: 1,
        firstSeen: 10,
        lastSeen: 14,
        flagged: 1,
        score: 0.9,
      },
      { address: "10.0.0.2", packetsOut: 2, packetsIn: 3, bytesOut: 608, mac: "0a:00:00:00:00:02" },
      { address: "2001:db8::1", packetsOut: 1, packetsIn: 1 },
      { address: "2001:db8::2", packetsOut: 1, packetsIn: 1, flagged: 1, score: 0.6 },
    ]);
    expect(conversations.page(page("-bytesAtoB")).rows).toMatchObject([
      {
        a: "10.0.0.1",
        b: "10.0.0.2",
        packetsAtoB: 3,
        packetsBtoA: 2,
        flows: 1,
        start: 10,
        durationSeconds: 4,
      },
      { a: "2001:db8::1", b: "2001:db8::2", packetsAtoB: 1, packetsBtoA: 1, flows: 1, flagged: 1 },
    ]);
  });
});

test("rows come by any column, either way, and a part of them", () => {
  const { flows, hosts } = setUp("");
  for (const column of flowColumns) {
    const up = flows.page(page(column)).rows.map((row) => row[column as "flow"]);
    const down = flows.page(page(`-${column}`)).rows.map((row) => row[column as "flow"]);
    expect([column, up.length]).toEqual([column, 2]);
    if (up.every((cell) => cell !== null)) expect([column, [...down].reverse()]).toEqual([column, up]);
  }
  for (const column of hostColumns) expect(hosts.page(page(`-${column}`)).rows.length).toBe(4);
  const all = hosts.page(page("-packetsOut")).rows.map(({ address }) => address);
  expect(hosts.page(page("-packetsOut", 1, 2)).rows.map(({ address }) => address)).toEqual(all.slice(1, 3));
  expect(hosts.page(page(undefined, 4, 2))).toEqual({ total: 4, offset: 4, rows: [] });
});

test("rows come by the packets and the bytes of both directions together", () => {
  const { flows, hosts, conversations } = setUp("");
  const totalsOf = (column: "packets" | "bytes") => {
    const by = page(`-${column}`);
    return [
      flows.page(by).rows.map((row) => row[`${column}Out`] + row[`${column}In`]),
      hosts.page(by).rows.map((row) => row[`${column}Out`] + row[`${column}In`]),
      conversations.page(by).rows.map((row) => row[`${column}AtoB`] + row[`${column}BtoA`]),
    ];
  };
  expect(totalsOf("packets")).toEqual([
    [4, 2],
    [5, 5, 2, 2],
    [5, 2],
  ]);
  for (const totals of totalsOf("bytes")) expect(totals).toEqual(totals.toSorted((a, b) => b - a));
  expect(hosts.page(page("packets")).rows.at(-1)?.packetsOut).toBeGreaterThan(1);
});

test("flows beyond the limit are counted as refused", () => {
  const { tally, flows, conversations } = setUp("", 1);
  expect([flows.total, conversations.total, tally.refused]).toEqual([1, 1, 2]);
});

test("a tally that is used again knows nothing of what it counted before", () => {
  const { tally, selection } = setUp("");
  const before = [...tally.hosts.words.subarray(0, tally.hosts.count * 16)];
  tally.count(selection);
  expect([...tally.hosts.words.subarray(0, tally.hosts.count * 16)]).toEqual(before);
});

test("packets come in their order, or by time, size and score", () => {
  const { selection } = setUp("");
  const order = new PacketOrder();
  const numbers = (by: Page): number[] => packetRows(selection, by, order).rows.map(({ number }) => number);
  expect(numbers(page())).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(numbers(page("-number"))).toEqual([7, 6, 5, 4, 3, 2, 1]);
  expect(numbers(page("-number", 1, 2))).toEqual([6, 5]);
  expect(numbers(page("-number", 6, 5))).toEqual([1]);
  expect(numbers(page("-number", 7, 5))).toEqual([]);
  expect(numbers(page("-time", 0, 2))).toEqual([7, 6]);
  expect(numbers(page("-size", 0, 2))).toEqual([4, 6]);
  expect(numbers(page("-score"))).toEqual([4, 6, 5, 1, 2, 3, 7]);
  expect(numbers(page("score", 0, 3))).toEqual([5, 6, 4]);
  expect(packetRows(selection, page(undefined, 4, 1), order).rows).toEqual([
    {
      number: 5,
      time: 12,
      source: "2001:db8::1",
      destination: "2001:db8::2",
      sourcePort: 5353,
      destinationPort: 53,
      protocol: expect.any(String) as "udp",
      size: 63,
      score: 0.01,
      flagged: false,
      flow: 2,
    },
  ]);
});
