import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { ipv4, ipv6, layersOf, udp } from "./packet-builder.test-support.ts";

const four = ipv4(17, udp());
const six = ipv6(17, udp());

test.each<[string, number, Uint8Array, string]>([
  ["null, little endian", 0, bytes("02000000", four), "ipv4 udp"],
  ["null, big endian", 0, bytes("00000002", four), "ipv4 udp"],
  ["IPv6 of each BSD", 0, bytes("18000000", six), "ipv6 udp"],
  ["of macOS", 0, bytes("1e000000", six), "ipv6 udp"],
  ["an EtherType", 0, bytes("00080000", four), "ipv4 udp"],
  ["PPP", 0, bytes("ff03 0021", four), "ipv4 udp ppp"],
  ["loop", 108, bytes("0000001c", six), "ipv6 udp"],
  ["another family", 0, bytes("12345678", four), ""],
  ["a filter's log", 117, bytes("3d 02 00 00", new Uint8Array(60), four), "ipv4 udp"],
  ["enc", 109, bytes("02000000 00000001 00000000", four), "ipv4 udp"],
])("%s", (_name, linkType, packet, layers) => {
  expect(layersOf(packet, linkType)).toBe(layers);
});
