import { expect, test } from "bun:test";
import { tmpdir } from "node:os";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import {
  memoryBytes,
  pcapFile,
  pcapngBlocks,
  type FixturePacket,
} from "../capture/capture-builder.test-support.ts";
import { openCapture } from "../capture/open-capture.ts";
import { ethernet, ipv4, ipv6, tcp, udp } from "../packet/packet-builder.test-support.ts";
import { openStoredPackets } from "../store/open-stored-packets.ts";
import { describePacket } from "./describe-packet.ts";
import { LiveMonitor } from "./live-monitor.ts";
import type { PacketDetails } from "./packet-details.ts";

async function detailsOf(content: Uint8Array, number = 1, parents = [tmpdir()]): Promise<string | undefined> {
  const source = await openCapture("stdin", "-", memoryBytes(content));
  const store = openStoredPackets(source, parents);
  await new LiveMonitor(source, { now: () => 0, store }).run();
  const details = describePacket(store, number);
  await store.close();
  return details;
}

const nanoseconds = (packet: FixturePacket): Uint8Array => pcapFile([packet], { magic: 0xa1b23c4d });

test("what is known of a packet, its layers and its bytes", async () => {
  const data = ethernet(0x0800, ipv4(6, tcp(bytes("68690a"))));
  const text = await detailsOf(
    nanoseconds({ data, wire: 60, seconds: 1_700_000_000, fraction: 123_456_789 }),
  );
  expect(text).toContain('"time":1700000000.123456789,');
  const details = JSON.parse(text!) as PacketDetails;
  expect({ ...details, layers: [], time: 0 }).toEqual({
    number: 1,
    time: 0,
    source: "10.0.0.1",
    destination: "10.0.0.2",
    sourcePort: 40_000,
    destinationPort: 80,
    protocol: "http",
    size: 60,
    capturedBytes: data.length,
    linkType: "ethernet",
    score: null,
    flagged: false,
    reasons: [],
    layers: [],
    bytes: data.toHex(),
  });
  expect(details.layers.map(({ name, start, length }) => [name, start, length])).toEqual([
    ["ethernet", 0, 14],
    ["ipv4", 14, 20],
    ["tcp", 34, 20],
    ["data", 54, 3],
  ]);
  expect(details.layers[1]!.fields).toContainEqual({
    name: "Source",
    value: "10.0.0.1",
    start: 26,
    length: 4,
  });
});

test("version 6, and what has no address or no time", async () => {
  const six = JSON.parse((await detailsOf(nanoseconds({ data: ethernet(0x86dd, ipv6(17, udp())) })))!);
  expect([six.source, six.destination]).toEqual([expect.stringContaining(":"), expect.stringContaining(":")]);
  const ng = pcapngBlocks();
  const rest = ng.simple(bytes("4500"));
  const text = await detailsOf(bytes(ng.section(), ng.interface(101), rest));
  expect(JSON.parse(text!)).toMatchObject({ time: null, source: null, destination: null, sourcePort: 0 });
  const other = await detailsOf(nanoseconds({ data: ethernet(0x1234, bytes("00")) }));
  expect(JSON.parse(other!)).toMatchObject({ source: "0a:00:00:00:00:02", destination: "0a:00:00:00:00:01" });
});

test("without its bytes the rest is told; a packet that is not there is none", async () => {
  const data = ethernet(0x0800, ipv4(6, tcp()));
  const details = JSON.parse((await detailsOf(nanoseconds({ data }), 1, []))!);
  expect(details).toMatchObject({
    source: "10.0.0.1",
    layers: [],
    bytes: null,
    missing: "The bytes of packet 1 cannot be had. They were not kept.",
  });
  expect(await detailsOf(nanoseconds({ data }), 2)).toBeUndefined();
});
