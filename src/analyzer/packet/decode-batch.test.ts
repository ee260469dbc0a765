import { describe, expect, test } from "bun:test";
import { Ethernet, IPV4, IPV6, TCP, UDP } from "cap/lib/Decoders";
import * as fc from "fast-check";
import { linkType } from "../capture/link-types.ts";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { batchOf } from "../capture/capture-builder.test-support.ts";
import {
  arp,
  decode,
  ethernet,
  icmp,
  ipv4,
  ipv6,
  sctp,
  tcp,
  udp,
  vlan,
} from "./packet-builder.test-support.ts";
import { decodeBatch } from "./decode-batch.ts";
import { createDecodedColumns } from "./decoded-columns.ts";
import { layerBit } from "./layers.ts";
import { protocolId } from "./protocols.ts";

const samples = [
  ethernet(0x0800, ipv4(6, tcp(bytes("68656c6c6f")))),
  ethernet(0x0800, ipv4(17, udp(bytes("00")), { options: new Uint8Array(8) })),
  ethernet(0x86dd, ipv6(17, udp())),
  ethernet(0x86dd, ipv6(6, tcp())),
  ethernet(0x8100, vlan(7, 0x0800, ipv4(6, tcp()))),
  ethernet(0x0806, arp()),
  ethernet(0x0800, ipv4(1, icmp(3, ipv4(17, udp())))),
  ethernet(0x0800, ipv4(132, sctp())),
  ethernet(3, bytes("424203")),
];

test("a batch keeps its rows apart", () => {
  const columns = createDecodedColumns(samples.length);
  decodeBatch(batchOf(samples.map((data) => ({ data }))), columns);
  expect([...columns.protocol]).toEqual(
    (["tcp", "udp", "udp", "tcp", "tcp", "arp", "icmp", "sctp", "other"] as const).map(
      (name) => protocolId[name],
    ),
  );
  expect(columns.layers[5]).toBe(layerBit.ethernet | layerBit.arp);
  expect(columns.sourcePort[5]).toBe(0);
});

test("every cut of every sample: fewer layers, never malformed by the cut alone, never a throw", () => {
  for (const sample of samples) {
    const whole = decode(sample);
    for (let length = 0; length < sample.length; length++) {
      const { layers, malformed, truncated } = decode(sample.subarray(0, length), { wire: sample.length });
      expect(whole.layers.startsWith(layers)).toBe(true);
      expect({ malformed, truncated }).toEqual({ malformed: whole.malformed, truncated: true });
    }
  }
});

test("no packet reads a byte of its neighbours", () => {
  for (const sample of samples)
    for (let length = 0; length < sample.length; length += 3) {
      const cut = sample.subarray(0, length);
      const alone = createDecodedColumns(1);
      decodeBatch(batchOf([{ data: cut, wire: sample.length }]), alone);
      for (const filler of [0x00, 0xff]) {
        const between = createDecodedColumns(3);
        const other = { data: new Uint8Array(64).fill(filler) };
        decodeBatch(batchOf([other, { data: cut, wire: sample.length }, other]), between);
        expect(between.layers[1]).toBe(alone.layers[0]);
        expect(between.flags[1]).toBe(alone.flags[0]);
        expect(between.sourcePort[1]).toBe(alone.sourcePort[0]);
      }
    }
});

test("arbitrary bytes never throw, whatever the link type", () => {
  const start = fc.constantFrom(...samples, bytes(""));
  const type = fc.constantFrom(...Object.values(linkType), 147);
  fc.assert(
    fc.property(start, fc.uint8Array({ maxLength: 120 }), fc.nat(60), type, (sample, tail, keep, link) => {
      const packet = bytes(sample.subarray(0, keep), tail);
      decode(packet, { linkType: link });
      decode(packet, { linkType: link, wire: 0 });
      decode(packet, { linkType: link, wire: 0xffffffff });
    }),
    { numRuns: 2000 },
  );
});

describe("cap's decoders agree", () => {
  for (const [i, sample] of samples.slice(0, 4).entries())
    test(`sample ${i}`, () => {
      const buffer = Buffer.from(sample);
      const link = Ethernet(buffer);
      const ip = link.info.type === 0x0800 ? IPV4(buffer, link.offset) : IPV6(buffer, link.offset);
      const isTcp = ip.info.protocol === 6;
      const { info } = (isTcp ? TCP : UDP)(buffer, ip.offset);
      const version = link.info.type === 0x0800 ? "ipv4" : "ipv6";
      expect(decode(sample)).toMatchObject({
        layers: `ethernet ${version} ${isTcp ? "tcp" : "udp"}`,
        ports: [info.srcport, info.dstport],
      });
    });
});
