import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { ethernet, ipv4, layersOf, udp } from "./packet-builder.test-support.ts";

const inside = ipv4(17, udp());

test.each<[string, number, Uint8Array, string]>([
  ["IPv4", 104, bytes("0f00 0800", inside), "ipv4 udp"],
  ["multicast", 104, bytes("8f00 0800", inside), "ipv4 udp"],
  ["within PPP's link type", 9, bytes("0f00 0800", inside), "ipv4 udp ppp"],
  ["bridged", 104, bytes("0f00 6558", ethernet(0x0800, inside)), "ethernet ipv4 udp"],
  ["keeping alive", 104, bytes("8f00 8035 00000000"), ""],
])("%s", (_name, linkType, packet, layers) => {
  expect(layersOf(packet, linkType)).toBe(layers);
});
