import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { decode, ethernet, ipv6, tcp, udp } from "./packet-builder.test-support.ts";

const short = (next: number): Uint8Array => bytes([next, 0], new Uint8Array(6));
const fragment = (next: number, offset: string): Uint8Array => bytes([next, 0], offset, "00000001");

test.each<[string, Uint8Array, object]>([
  ["plain", ipv6(6, tcp()), { layers: "ethernet ipv6 tcp", protocol: "tcp" }],
  ["hop-by-hop", ipv6(0, bytes(short(17), udp())), { layers: "ethernet ipv6 udp" }],
  ["routing, destination options", ipv6(43, bytes(short(60), short(17), udp())), { protocol: "udp" }],
  ["a long extension", ipv6(0, bytes([17, 2], new Uint8Array(22), udp())), { protocol: "udp" }],
  [
    "first fragment",
    ipv6(44, bytes(fragment(17, "0001"), udp(new Uint8Array(8), 3000))),
    { malformed: false },
  ],
  [
    "later fragment",
    ipv6(44, bytes(fragment(17, "0010"), udp())),
    { layers: "ethernet ipv6", protocol: "ipv6" },
  ],
  ["fragment that is whole", ipv6(44, bytes(fragment(17, "0000"), udp())), { protocol: "udp" }],
  ["no next header", ipv6(59, bytes("")), { protocol: "ipv6", malformed: false }],
  ["jumbogram", ipv6(0, bytes(short(17), udp()), 0), { protocol: "udp", malformed: false }],
  ["payload longer than the packet", ipv6(17, udp(), 999), { protocol: "udp", malformed: true }],
  ["version 5", ipv6(17, udp()).with(0, 0x50), { layers: "ethernet", malformed: true }],
  [
    "extension beyond the end",
    ipv6(0, bytes([17, 9], new Uint8Array(6))),
    { protocol: "ipv6", malformed: true },
  ],
  ["Ethernet inside", ipv6(143, ethernet(0x86dd, ipv6(17, udp()))), { protocol: "udp" }],
])("%s", (_name, packet, expected) => {
  expect(decode(ethernet(0x86dd, packet))).toMatchObject(expected);
});

test("many extension headers", () => {
  const packet = ipv6(60, bytes(...Array.from({ length: 5000 }, () => short(60)), short(17), udp()));
  expect(decode(ethernet(0x86dd, packet))).toMatchObject({ layers: "ethernet ipv6 udp" });
});
