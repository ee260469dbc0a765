import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { ethernet, ipv4, layersOf, udp } from "./packet-builder.test-support.ts";

const inside = ipv4(17, udp());

test.each<[string, number, Uint8Array, string]>([
  ["IPv4", 107, bytes("1841 03 cc", inside), "ipv4 udp"],
  ["SNAP, padded", 107, bytes("1841 03 00 80 000000 0800", inside), "ipv4 udp"],
  ["Ethernet over SNAP", 107, bytes("1841 03 80 0080c2 0007", ethernet(0x0800, inside)), "ethernet ipv4 udp"],
  ["PPP", 107, bytes("1841 03 cf 0021", inside), "ipv4 udp ppp"],
  ["Cisco's EtherType", 107, bytes("1841 0800", inside), "ipv4 udp"],
  ["plain Ethernet", 107, bytes("b0003a01", ethernet(0x0800, inside).with(0, 0)), "ethernet ipv4 udp"],
  ["signals", 107, bytes("0001 03 08 00"), ""],
])("%s", (_name, linkType, packet, layers) => {
  expect(layersOf(packet, linkType)).toBe(layers);
});
