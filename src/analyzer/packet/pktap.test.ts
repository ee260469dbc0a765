import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { ethernet, ipv4, layersOf, udp } from "./packet-builder.test-support.ts";

const frame = ethernet(0x0800, ipv4(17, udp()));

test.each<[string, number, Uint8Array, string]>([
  ["Ethernet", 258, bytes("6c000000 01000000 01000000", new Uint8Array(96), frame), "ethernet ipv4 udp"],
  ["raw", 149, bytes("6c000000 01000000 0c000000", new Uint8Array(96), ipv4(17, udp())), "ipv4 udp"],
  ["itself", 258, bytes("0c000000 01000000 02010000"), ""],
  ["shorter than itself", 258, bytes("04000000 01000000 01000000"), ""],
])("%s", (_name, linkType, packet, layers) => {
  expect(layersOf(packet, linkType)).toBe(layers);
});
