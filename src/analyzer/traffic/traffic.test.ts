import { expect, test } from "bun:test";
import { decodeBatch } from "../packet/decode-batch.ts";
import { createDecodedColumns } from "../packet/decoded-columns.ts";
import { batchOf, type FixturePacket } from "../capture/capture-builder.test-support.ts";
import { arp, ethernet, ipv4, tcp, udp } from "../packet/packet-builder.test-support.ts";
import { Traffic } from "./traffic.ts";

function snapshotOf(...batches: FixturePacket[][]) {
  const traffic = new Traffic();
  for (const packets of batches) {
    const batch = batchOf(packets);
    const columns = createDecodedColumns(packets.length);
    decodeBatch(batch, columns);
    traffic.add(batch, columns);
  }
  return traffic.snapshot();
}

const tcpPacket = ethernet(0x0800, ipv4(6, tcp()));
const udpPacket = ethernet(0x0800, ipv4(17, udp()));

function at(seconds: number, fraction: number): FixturePacket {
  return { data: tcpPacket, seconds, fraction };
}

test("nothing", () => {
  expect(snapshotOf()).toMatchObject({
    packets: 0,
    bytes: 0,
    first: undefined,
    layers: {},
    protocols: {},
    sizes: {},
  });
});

test("volume by layer and protocol, over several batches", () => {
  const { packets, bytes, capturedBytes, truncated, layers, protocols, sizes } = snapshotOf(
    [{ data: tcpPacket, wire: 1000 }, { data: udpPacket }],
    [{ data: ethernet(0x0806, arp()) }],
  );
  expect({ packets, bytes, capturedBytes, truncated }).toEqual({
    packets: 3,
    bytes: 1084,
    capturedBytes: 138,
    truncated: 1,
  });
  expect(layers.ethernet).toEqual({ packets: 3, bytes: 1084 });
  expect(layers.ipv4).toEqual({ packets: 2, bytes: 1042 });
  expect(protocols).toEqual({
    tcp: { packets: 1, bytes: 1000 },
    udp: { packets: 1, bytes: 42 },
    arp: { packets: 1, bytes: 42 },
  });
  expect(sizes.tcp).toMatchObject({ count: 1, mean: 1000, p50: 1000, max: 1000 });
});

test("first and last are the earliest and the latest, though time runs backwards", () => {
  const { first, last } = snapshotOf([at(50, 9), at(40, 7), at(60, 1)], [at(60, 2), at(40, 6)]);
  expect({ first, last }).toEqual({ first: { seconds: 40, nanos: 6 }, last: { seconds: 60, nanos: 2 } });
});

test("packets without a time are counted, but not in time", () => {
  const { packets, timeless, first, series } = snapshotOf([{ data: tcpPacket, seconds: Number.NaN }]);
  expect({ packets, timeless, first, rows: series.time.length }).toEqual({
    packets: 1,
    timeless: 1,
    first: undefined,
    rows: 0,
  });
});
