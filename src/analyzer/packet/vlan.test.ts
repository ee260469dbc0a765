import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { ethernet, ipv4, layersOf, udp, vlan } from "./packet-builder.test-support.ts";

const inside = ipv4(17, udp());

test.each<[string, Uint8Array, string]>([
  ["802.1Q", ethernet(0x8100, vlan(5, 0x0800, inside)), "ethernet vlan ipv4 udp"],
  [
    "802.1ad around 802.1Q",
    ethernet(0x88a8, vlan(5, 0x8100, vlan(6, 0x0800, inside))),
    "ethernet vlan ipv4 udp",
  ],
  ["LLC inside", ethernet(0x8100, vlan(5, 3, bytes("424203"))), "ethernet vlan llc"],
  ["802.1ah", ethernet(0x88e7, bytes("00000001", ethernet(0x0800, inside))), "ethernet ipv4 udp"],
  ["VN-Tag", ethernet(0x8926, bytes("00000001 0800", inside)), "ethernet ipv4 udp"],
  ["E-Tag", ethernet(0x893f, bytes("000000000001 0800", inside)), "ethernet ipv4 udp"],
  [
    "Arista's time, 64 bits",
    ethernet(0xd28b, bytes("0001 0010 0000000000000000 0800", inside)),
    "ethernet ipv4 udp",
  ],
  ["48 bits", ethernet(0xd28b, bytes("0001 0020 000000000000 0800", inside)), "ethernet ipv4 udp"],
  ["another form", ethernet(0xd28b, bytes("0001 0011 000000000000 0800", inside)), "ethernet"],
])("%s", (_name, packet, layers) => {
  expect(layersOf(packet)).toBe(layers);
});
