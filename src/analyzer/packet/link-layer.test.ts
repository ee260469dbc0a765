import { expect, test } from "bun:test";
import { linkType } from "../capture/link-types.ts";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { decode, ethernet, ipv4, ipv6, layersOf, udp } from "./packet-builder.test-support.ts";

const four = ipv4(17, udp());
const six = ipv6(17, udp());

test.each<[string, number, Uint8Array, string]>([
  ["raw4", linkType.raw4, four, "ipv4 udp"],
  ["raw6", linkType.raw6, six, "ipv6 udp"],
  ["ATM with LLC", 100, bytes("aaaa03 000000 0800", four), "llc ipv4 udp"],
  ["IP over ATM", 106, four, "ipv4 udp"],
  ["PPPoE", 51, bytes("1100 0001 001e 0021", four), "pppoe ipv4 udp ppp"],
  ["Solaris' IP", 226, bytes("01 1a 0000 00000000", new Uint8Array(16), six), "ipv6 udp"],
  ["InfiniBand", 242, bytes(new Uint8Array(40), "0800 0000", four), "ipv4 udp"],
  ["Ethernet", linkType.ethernet, ethernet(0x0800, four), "ethernet ipv4 udp"],
])("%s", (_name, type, packet, layers) => {
  expect(layersOf(packet, type)).toBe(layers);
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
