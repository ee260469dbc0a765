import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { arp, ethernet, ipv4, ipv6, layersOf, tcp, udp, udpTo } from "./packet-builder.test-support.ts";

const inside = ipv4(17, udp());
const over = (packet: Uint8Array) => ethernet(0x0800, ipv4(47, packet));

test.each<[string, Uint8Array, string]>([
  ["plain", over(bytes("0000 0800", inside)), "ethernet ipv4 udp gre"],
  [
    "checksum, key and sequence",
    over(bytes("b000 0800 00000000 00000001 00000002", inside)),
    "ethernet ipv4 udp gre",
  ],
  [
    "version 1 with an acknowledgement",
    over(bytes("3081 880b 00040001 00000001 00000002 ff03 0021", inside)),
    "ethernet ipv4 udp gre ppp",
  ],
  [
    "routes",
    over(bytes("4000 0800 00000000 0002 00 04 0a000001 0000 00 00", inside)),
    "ethernet ipv4 udp gre",
  ],
  ["bridged", over(bytes("0000 6558", ethernet(0x86dd, ipv6(6, tcp())))), "ethernet ipv4 ipv6 tcp gre"],
  ["MPLS", over(bytes("0000 8847 00001140", inside)), "ethernet mpls ipv4 udp gre"],
  ["ERSPAN I", over(bytes("0000 88be", ethernet(0x0806, arp()))), "ethernet arp ipv4 gre"],
  [
    "ERSPAN II",
    over(bytes("1000 88be 00000001 1001 0001 00000000", ethernet(0x0806, arp()))),
    "ethernet arp ipv4 gre",
  ],
  [
    "ERSPAN III",
    over(bytes("1000 22eb 00000001 2001 0001 00000000 0000 0000", ethernet(0x0806, arp()))),
    "ethernet arp ipv4 gre",
  ],
  ["WCCP", over(bytes("0000 883e 00010203", inside)), "ethernet ipv4 udp gre"],
  ["a keepalive", over(bytes("0000 0000")), "ethernet ipv4 gre"],
  ["Aruba's 802.11", over(bytes("0000 8200 0080 0000")), "ethernet ipv4 gre wlan"],
  [
    "in UDP",
    ethernet(0x0800, ipv4(17, udpTo(4754, bytes("0000 86dd", ipv6(6, tcp()))))),
    "ethernet ipv4 ipv6 tcp udp gre",
  ],
])("%s", (_name, packet, layers) => {
  expect(layersOf(packet)).toBe(layers);
});
