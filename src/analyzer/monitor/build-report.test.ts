import { expect, test } from "bun:test";
import { openCapture } from "../capture/open-capture.ts";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { memoryBytes, pcapFile, pcapngBlocks } from "../capture/capture-builder.test-support.ts";
import { ethernet, ipv4, tcp } from "../packet/packet-builder.test-support.ts";
import { analyzeCapture } from "./analyze-capture.ts";
import type { FinishedReport } from "./build-report.ts";

async function reportOf(content: Uint8Array): Promise<FinishedReport> {
  return await analyzeCapture(await openCapture("file", "fixture.pcap", memoryBytes(content)));
}

const packet = ethernet(0x0800, ipv4(6, tcp()));

test("the fields of the report, in their order", async () => {
  const { report, text } = await reportOf(
    pcapFile(
      [
        { data: packet, seconds: 1_700_000_000, fraction: 123_456_789 },
        { data: packet, seconds: 1_700_000_002, fraction: 123_456_788, wire: 56 },
      ],
      { magic: 0xa1b23c4d },
    ),
  );
  expect(report).toEqual({
    source: { kind: "file", name: "fixture.pcap", linkTypes: ["ethernet"] },
    packets: 2,
    bytes: 110,
    capturedBytes: 108,
    firstTime: Number("1700000000.123456789"),
    lastTime: Number("1700000002.123456788"),
    durationSeconds: 1.999_999_999,
    averagePacketSize: 55,
    layers: {
      ethernet: { packets: 2, bytes: 110 },
      ipv4: { packets: 2, bytes: 110 },
      tcp: { packets: 2, bytes: 110 },
    },
    protocols: { tcp: { packets: 2, bytes: 110 } },
    sizes: {
      tcp: {
        count: 2,
        mean: 55,
        p50: 54,
        p95: 56,
        p99: 56,
        max: 56,
        histogram: { size: [54, 56], packets: [1, 1] },
      },
    },
    series: { step: 1, time: [1_700_000_000, 1_700_000_002], packets: [1, 1], bytes: [54, 56] },
    hosts: {
      total: 2,
      evicted: 0,
      top: [
        {
          address: "10.0.0.1",
          mac: "0a:00:00:00:00:02",
          vendor: null,
          names: [],
          packetsIn: 0,
          packetsOut: 2,
          bytesIn: 0,
          bytesOut: 110,
          firstSeen: 1_700_000_000.123_457,
          lastSeen: 1_700_000_002.123_457,
          peers: 1,
        },
        {
          address: "10.0.0.2",
          mac: null,
          vendor: null,
          names: [],
          packetsIn: 2,
          packetsOut: 0,
          bytesIn: 110,
          bytesOut: 0,
          firstSeen: 1_700_000_000.123_457,
          lastSeen: 1_700_000_002.123_457,
          peers: 1,
        },
      ],
    },
    flows: {
      total: 1,
      evicted: 0,
      transports: {
        tcp: { flows: 1, packets: 2, bytes: 110 },
        udp: { flows: 0, packets: 0, bytes: 0 },
        sctp: { flows: 0, packets: 0, bytes: 0 },
      },
      top: [
        {
          source: "10.0.0.1",
          sourcePort: 40_000,
          destination: "10.0.0.2",
          destinationPort: 80,
          transport: "tcp",
          protocol: "tcp",
          name: null,
          detail: null,
          packetsOut: 2,
          packetsIn: 0,
          bytesOut: 110,
          bytesIn: 0,
          start: 1_700_000_000.123_457,
          durationSeconds: 2,
          state: "established",
          rttMs: null,
          retransmissions: 0,
          outOfOrder: 0,
          resets: 0,
        },
      ],
    },
    conversations: {
      total: 1,
      evicted: 0,
      top: [
        {
          a: "10.0.0.1",
          b: "10.0.0.2",
          packetsAtoB: 2,
          packetsBtoA: 0,
          bytesAtoB: 110,
          bytesBtoA: 0,
          start: 1_700_000_000.123_457,
          durationSeconds: 2,
          flows: 1,
        },
      ],
    },
    pcs: {},
    truncated: 1,
    malformed: 0,
    dropped: 0,
    warnings: [],
  });
  expect(JSON.parse(text)).toEqual(report);
  expect(Object.keys(report)).toEqual(Object.keys(JSON.parse(text)));
});

test("the text keeps the nanoseconds of a nanosecond file", async () => {
  const { text } = await reportOf(
    pcapFile([{ data: packet, seconds: 1_700_000_000, fraction: 1 }], { magic: 0xa1b23c4d }),
  );
  expect(text).toContain(
    '"firstTime":1700000000.000000001,"lastTime":1700000000.000000001,"durationSeconds":0,',
  );
});

test("an empty capture", async () => {
  expect((await reportOf(pcapFile([]))).report).toMatchObject({
    packets: 0,
    firstTime: null,
    lastTime: null,
    durationSeconds: 0,
    averagePacketSize: 0,
    series: { step: 1, time: [] },
  });
});

test("warnings name what is doubtful", async () => {
  const undecoded = await reportOf(pcapFile([{ data: packet }], { linkType: 195 }));
  expect(undecoded.report.warnings).toEqual([
    "pcs does not decode link type 802.15.4 (195): 1 packet of it counts as volume only.",
  ]);
  const ng = pcapngBlocks();
  const timeless = await reportOf(bytes(ng.section(), ng.interface(), ng.simple(packet)));
  expect(timeless.report.warnings).toEqual(["The capture keeps no time for 1 packet: not in the series."]);
});

test("the same bytes give the same text", async () => {
  const content = pcapFile([{ data: packet, seconds: 1 }]);
  expect((await reportOf(content)).text).toBe((await reportOf(content)).text);
});
