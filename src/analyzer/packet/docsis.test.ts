import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { ethernet, ipv4, layersOf, udp } from "./packet-builder.test-support.ts";

const frame = ethernet(0x0800, ipv4(17, udp()));

test.each<[string, number, Uint8Array, string]>([
  ["Ethernet", 143, bytes("00 00 0030 0000", frame), "ethernet ipv4 udp"],
  ["an extended header", 143, bytes("01 04 0034 01020304 0000", frame), "ethernet ipv4 udp"],
  ["management", 143, bytes("c2 00 0030 0000", frame), ""],
])("%s", (_name, linkType, packet, layers) => {
  expect(layersOf(packet, linkType)).toBe(layers);
});
