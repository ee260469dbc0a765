import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { ethernet, ipv4, layersOf, tcp, udp, udpTo } from "./packet-builder.test-support.ts";

const frame = ethernet(0x0800, ipv4(17, udp()));

test.each<[string, number, Uint8Array, string]>([
  ["plain", 178, bytes("4d4743 00", frame), "ethernet ipv4 udp"],
  ["extensions", 178, bytes("4d4743 80 0004 01020304", frame), "ethernet ipv4 udp"],
  ["without link layer", 178, bytes("4d4743 02 00000000", frame), ""],
  [
    "mirrored",
    1,
    ethernet(0x0800, ipv4(17, udpTo(30_030, bytes("0000000100000002", ipv4(6, tcp()))))),
    "ethernet ipv4 tcp udp",
  ],
])("%s", (_name, linkType, packet, layers) => {
  expect(layersOf(packet, linkType)).toBe(layers);
});
