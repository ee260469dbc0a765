import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { arp, ipv4, layersOf, udp } from "./packet-builder.test-support.ts";

const inside = ipv4(17, udp());

test.each<[string, number, Uint8Array, string]>([
  ["RFC 1051", 7, bytes("01 02 f0", inside), "ipv4 udp"],
  ["RFC 1201", 7, bytes("01 02 d4 00 0001", inside), "ipv4 udp"],
  ["behind an exception", 7, bytes("01 02 d4 ff ffffff 00 0001", inside), "ipv4 udp"],
  ["of Linux", 129, bytes("01 02 0000 f0", inside), "ipv4 udp"],
  ["ARP", 129, bytes("01 02 0000 d5 00 0001", arp()), "arp"],
  ["a later piece", 7, bytes("01 02 d4 02 0001", inside), ""],
  ["another protocol", 7, bytes("01 02 dd 00"), ""],
])("%s", (_name, linkType, packet, layers) => {
  expect(layersOf(packet, linkType)).toBe(layers);
});
