import { expect, test } from "bun:test";
import { linkType } from "../capture/link-types.ts";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { decode, ipv4, ipv6, udp } from "./packet-builder.test-support.ts";

const four = ipv4(17, udp());
const six = ipv6(17, udp());
const sll = (hardware: string, protocol: string): Uint8Array =>
  bytes("0000", hardware, "0006 0000000000000000", protocol);
const sll2 = (protocol: string, hardware: string): Uint8Array =>
  bytes(protocol, "0000 00000001", hardware, "00 06 0000000000000000");

test.each([
  ["null, little endian", linkType.null, bytes("02000000", four), "ipv4 udp"],
  ["null, big endian", linkType.null, bytes("00000002", four), "ipv4 udp"],
  ["null, IPv6 of macOS", linkType.null, bytes("1e000000", six), "ipv6 udp"],
  ["null, another family", linkType.null, bytes("12345678", four), ""],
  ["loop", linkType.loop, bytes("00000018", six), "ipv6 udp"],
  ["raw IPv4", linkType.raw, four, "ipv4 udp"],
  ["raw IPv6", linkType.raw, six, "ipv6 udp"],
  ["raw of BSD", linkType.rawBsd, four, "ipv4 udp"],
  ["raw4", linkType.raw4, four, "ipv4 udp"],
  ["raw6", linkType.raw6, six, "ipv6 udp"],
  ["sll", linkType.sll, bytes(sll("0001", "0800"), four), "ipv4 udp"],
  ["sll with LLC", linkType.sll, bytes(sll("0001", "0004"), "424203"), "llc"],
  ["sll of netlink", linkType.sll, bytes(sll("0338", "0800"), four), ""],
  ["sll2", linkType.sll2, bytes(sll2("86dd", "0001"), six), "ipv6 udp"],
  ["sll2 of Wi-Fi", linkType.sll2, bytes(sll2("0800", "0323"), four), ""],
])("%s", (_name, type, packet, layers) => {
  expect(decode(packet, { linkType: type }).layers).toBe(layers);
  for (let length = 0; length < packet.length; length++)
    decode(packet.subarray(0, length), { linkType: type, wire: packet.length });
});

test("what is neither IPv4 nor IPv6 is malformed as a raw packet", () => {
  expect(decode(bytes("00", four), { linkType: linkType.raw })).toMatchObject({
    malformed: true,
    layers: "",
  });
});

test("other link types are volume only", () => {
  expect(decode(four, { linkType: 147 })).toMatchObject({ undecoded: true, layers: "", protocol: "other" });
});
