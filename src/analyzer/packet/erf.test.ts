import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { ethernet, ipv4, layersOf, udp } from "./packet-builder.test-support.ts";

const frame = ethernet(0x0800, ipv4(17, udp()));

test.each<[string, number, Uint8Array, string]>([
  ["Ethernet", 197, bytes("0000000000000000 02 04 0040 0000 0030 0000", frame), "ethernet ipv4 udp"],
  [
    "an extension",
    197,
    bytes("0000000000000000 82 04 0040 0000 0030 05 00000000000000 0000", frame),
    "ethernet ipv4 udp",
  ],
  ["HDLC", 197, bytes("0000000000000000 01 04 0040 0000 0030 ff03 0021", ipv4(17, udp())), "ipv4 udp ppp"],
  ["another type", 197, bytes("0000000000000000 03 04 0040 0000 0030", frame), ""],
])("%s", (_name, linkType, packet, layers) => {
  expect(layersOf(packet, linkType)).toBe(layers);
});
