import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { ethernet, ipv4, ipv6, layersOf, udp } from "./packet-builder.test-support.ts";

const four = ipv4(17, udp());
const sll = (hardware: string, protocol: string) =>
  bytes("0000", hardware, "0006 0000000000000000", protocol);

test.each<[string, number, Uint8Array, string]>([
  ["version 1", 113, bytes(sll("0001", "0800"), four), "ipv4 udp"],
  ["LLC", 113, bytes(sll("0001", "0004"), "424203"), "llc"],
  ["a GRE interface", 113, bytes(sll("030a", "6558"), ethernet(0x0800, four)), "ethernet ipv4 udp"],
  ["netlink", 113, bytes(sll("0338", "0800"), four), ""],
  ["Wi-Fi", 113, bytes(sll("0321", "0004"), "8000", new Uint8Array(22)), "wlan"],
  ["PPP", 113, bytes(sll("0200", "0007"), "0021", four), "ipv4 udp ppp"],
  ["version 2", 276, bytes("86dd 0000 00000001 0001 00 06 0000000000000000", ipv6(17, udp())), "ipv6 udp"],
])("%s", (_name, linkType, packet, layers) => {
  expect(layersOf(packet, linkType)).toBe(layers);
});
