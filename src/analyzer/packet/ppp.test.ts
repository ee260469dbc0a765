import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { ethernet, ipv4, ipv6, layersOf, udp } from "./packet-builder.test-support.ts";

const inside = ipv4(17, udp());

test.each<[string, number, Uint8Array, string]>([
  ["with address and control", 9, bytes("ff03 0021", inside), "ipv4 udp ppp"],
  ["without", 9, bytes("0021", inside), "ipv4 udp ppp"],
  ["a protocol of one byte", 50, bytes("ff03 21", inside), "ipv4 udp ppp"],
  ["IPv6", 9, bytes("0057", ipv6(17, udp())), "ipv6 udp ppp"],
  ["MPLS", 9, bytes("0281 00010140", inside), "mpls ipv4 udp ppp"],
  ["bridged", 9, bytes("0031 00 01", ethernet(0x0800, inside)), "ethernet ipv4 udp ppp"],
  ["multilink, whole", 9, bytes("003d c0000001 0021", inside), "ipv4 udp ppp"],
  ["multilink, a piece", 9, bytes("003d 80000001 0021", inside), "ppp"],
  ["links", 9, bytes("ff03 c021 01 01 0004"), "ppp"],
  ["of pppd", 166, bytes("0003 0021", inside), "ipv4 udp ppp"],
])("%s", (_name, linkType, packet, layers) => {
  expect(layersOf(packet, linkType)).toBe(layers);
});
