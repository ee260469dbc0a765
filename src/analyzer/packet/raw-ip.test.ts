import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { ipv4, ipv6, layersOf, udp } from "./packet-builder.test-support.ts";

const four = ipv4(17, udp());

test.each<[string, number, Uint8Array, string]>([
  ["IPv4", 101, four, "ipv4 udp"],
  ["IPv6", 12, ipv6(17, udp()), "ipv6 udp"],
  ["PPP", 101, bytes("ff03 0021", four), "ipv4 udp ppp"],
  ["neither", 101, bytes("00", four), ""],
])("%s", (_name, linkType, packet, layers) => {
  expect(layersOf(packet, linkType)).toBe(layers);
});
