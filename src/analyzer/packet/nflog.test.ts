import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { ipv4, ipv6, layersOf, udp } from "./packet-builder.test-support.ts";

const inside = ipv4(17, udp());

test.each<[string, number, Uint8Array, string]>([
  [
    "payload behind other values",
    239,
    bytes("02 00 0000 0800 0100 08000001 0500 0a00 61 000000 2000 0900", inside),
    "ipv4 udp",
  ],
  ["IPv6, big endian", 239, bytes("0a 00 0000 0034 0009", ipv6(17, udp())), "ipv6 udp"],
  ["another family", 239, bytes("07 00 0000 2000 0900", inside), ""],
  ["a value of length 3", 239, bytes("02 00 0000 0300 0100"), ""],
])("%s", (_name, linkType, packet, layers) => {
  expect(layersOf(packet, linkType)).toBe(layers);
});
