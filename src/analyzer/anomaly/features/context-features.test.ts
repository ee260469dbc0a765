import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { bytes, u16, u32 } from "../../capture/bytes-builder.test-support.ts";
import { batchOf } from "../../capture/capture-builder.test-support.ts";
import { decodeBatch } from "../../packet/decode-batch.ts";
import { createDecodedColumns } from "../../packet/decoded-columns.ts";
import { ContextFeatures } from "./context-features.ts";
import { featureColumn, featureCount, type FeatureName } from "./feature-list.ts";

interface Segment {
  from?: number;
  to?: number;
  sourcePort?: number;
  port?: number;
  /** TCP flags. */
  flags?: number;
  payload?: number;
  /** The last byte of the sender's link address. */
  station?: number;
}

const syn = 0x02;

function segment({
  from = 1,
  to = 2,
  sourcePort = 4000,
  port = 80,
  flags = 0x10,
  payload = 0,
  station = from,
}: Segment) {
  const total = 40 + payload;
  const link = bytes("0a0000000001 0a00000000", [station & 0xff], u16(0x0800));
  const network = bytes(
    "4500",
    u16(total),
    "0001 0000 4006 0000",
    u32(0x0a000000 + from),
    u32(0x0a000000 + to),
  );
  const transport = bytes(u16(sourcePort), u16(port), u32(1), u32(1), [0x50, flags], "1000 0000 0000");
  return bytes(link, network, transport, new Uint8Array(payload));
}

/** The features of the last of these packets; all come within the same second. */
function featuresOf(packets: Uint8Array[]): (name: FeatureName) => number {
  const row = new Float64Array(featureCount);
  const engine = new ContextFeatures();
  const batch = batchOf(packets.map((data) => ({ data })));
  const columns = createDecodedColumns(packets.length);
  decodeBatch(batch, columns);
  for (let i = 0; i < batch.count; i++) engine.observe(batch, columns, i);
  engine.write(row, 0);
  return (name) => row[featureColumn[name]]!;
}

describe("what a packet's context says", () => {
  test("one packet alone", () => {
    const value = featuresOf([segment({})]);
    for (const name of ["source.peers", "source.services", "destination.peers", "destination.ports"] as const)
      expect(value(name)).toBeCloseTo(1, 1);
    expect(value("source.openings")).toBe(0);
    expect(value("destination.packets")).toBe(1);
    expect(value("shape.packets")).toBe(1);
    expect(value("packet.extensions")).toBe(0);
  });

  test.each<[string, Segment[], FeatureName, number]>([
    ["a scan of ports", many(200, (i) => ({ port: i + 1, flags: syn })), "source.services", 200],
    [
      "a scan of ports, at its target",
      many(200, (i) => ({ port: i + 1, flags: syn })),
      "destination.ports",
      200,
    ],
    ["a scan of hosts", many(100, (i) => ({ to: i + 2, flags: syn })), "source.peers", 100],
    [
      "a flood from invented sources",
      many(500, (i) => ({ from: i + 9, flags: syn })),
      "destination.peers",
      500,
    ],
    ["connections that are only opened", many(60, () => ({ flags: syn })), "source.openings", 60],
    [
      "connections opened to one host",
      many(60, (i) => ({ from: i, flags: syn })),
      "destination.openings",
      60,
    ],
    ["an address with many stations", many(50, (i) => ({ station: i })), "source.stations", 50],
    [
      "passwords tried one after the other",
      many(80, (i) => ({ sourcePort: 5000 + i })),
      "pair.connections",
      80,
    ],
    ["packets that are all alike", many(90, (i) => ({ from: i + 1, to: i + 200 })), "shape.packets", 90],
    ["packets that carry nothing", many(70, () => ({})), "destination.small", 70],
    ["packets that carry something", many(70, () => ({ payload: 65 })), "destination.small", 0],
    ["packets without answer", many(99, () => ({})), "destination.unanswered", 100],
    [
      "packets each with an answer",
      [...many(50, () => ({ from: 2, to: 1 })), ...many(50, () => ({}))],
      "destination.unanswered",
      1,
    ],
  ])("%s", (_, segments, name, expected) => {
    const value = featuresOf(segments.map(segment))(name);
    // What is different is estimated, with a standard error of 13 %.
    expect(Math.abs(value - expected)).toBeLessThanOrEqual(expected * 0.35);
  });

  test("of packets that follow each other closely none is lost, however many", () => {
    const segments = many(3000, (i) => ({ from: 1 + (i % 3), to: 9, payload: i % 2 ? 100 : 10 }));
    const value = featuresOf(segments.map(segment));
    // What is pending in the other two paths comes with their next packet.
    expect(value("destination.packets")).toBeGreaterThan(2500);
    expect(value("destination.small")).toBeGreaterThan(1250);
    expect(value("source.bytes")).toBe(1000 * 109);
    expect(value("pair.excess")).toBe(1000 * 109);
  });

  test("a SYN that is answered by SYN and ACK opens one connection, not two", () => {
    const value = featuresOf([segment({ flags: syn }), segment({ from: 2, to: 1, flags: 0x12 })]);
    expect([value("source.openings"), value("destination.openings")]).toEqual([0, 0]);
  });
});

function many(count: number, each: (i: number) => Segment): Segment[] {
  return Array.from({ length: count }, (_, i) => each(i));
}

test("any bytes give finite numbers from 0 on, whatever their link type", () => {
  const packets = fc.array(fc.uint8Array({ minLength: 1, maxLength: 90 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(packets, fc.constantFrom(1, 101, 113, 127, 147), (all, linkType) => {
      const batch = batchOf(
        all.map((data) => ({ data })),
        linkType,
      );
      const columns = createDecodedColumns(all.length);
      decodeBatch(batch, columns);
      const engine = new ContextFeatures();
      const row = new Float64Array(featureCount);
      for (let i = 0; i < batch.count; i++) {
        engine.observe(batch, columns, i);
        engine.write(row, 0);
        expect(row.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
      }
    }),
  );
});

test("a flood of invented sources is bounded, and what gave way is counted", () => {
  const engine = new ContextFeatures();
  const columns = createDecodedColumns(1000);
  for (let round = 0; round < 60; round++) {
    const batch = batchOf(
      many(1000, (i) => ({ from: round * 1000 + i + 9, flags: syn })).map((each) => ({
        data: segment(each),
      })),
    );
    decodeBatch(batch, columns);
    for (let i = 0; i < batch.count; i++) engine.observe(batch, columns, i);
  }
  expect(engine.evicted).toBeGreaterThan(60_000 - 32_768);
});
