import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import {
  decode,
  ethernet,
  ipv4,
  ipv6,
  nothing,
  tcp,
  udp,
  type Ipv4Fields,
} from "./packet-builder.test-support.ts";

const inside = bytes(udp(), new Uint8Array(30));

test.each<[string, Ipv4Fields, object]>([
  ["plain", {}, { layers: "ethernet ipv4 udp", protocol: "udp", malformed: false }],
  ["with options", { options: new Uint8Array(40) }, { layers: "ethernet ipv4 udp", malformed: false }],
  ["not to be fragmented", { fragment: 0x4000 }, { layers: "ethernet ipv4 udp", malformed: false }],
  ["first fragment", { fragment: 0x2000 }, { layers: "ethernet ipv4 udp", malformed: false }],
  ["later fragment", { fragment: 0x00b9 }, { layers: "ethernet ipv4", protocol: "ipv4", malformed: false }],
  ["total length 0", { totalLength: 0 }, { layers: "ethernet ipv4 udp", malformed: false }],
  ["total length below the header", { totalLength: 19 }, { layers: "ethernet ipv4", malformed: true }],
  ["total length above the packet", { totalLength: 900 }, { layers: "ethernet ipv4 udp", malformed: true }],
  ["version 5", { first: 0x55 }, { layers: "ethernet ipv4", malformed: true }],
  ["header of 16 bytes", { first: 0x44 }, { layers: "ethernet ipv4", malformed: true }],
  [
    "header longer than the packet",
    { first: 0x4f, totalLength: 58 },
    { layers: "ethernet ipv4", malformed: true },
  ],
])("%s", (_name, fields, expected) => {
  expect(decode(ethernet(0x0800, ipv4(17, inside, fields)))).toMatchObject(expected);
});

test("the first fragment may claim what only the whole datagram has", () => {
  const packet = ethernet(0x0800, ipv4(17, udp(new Uint8Array(8), 4000), { fragment: 0x2000 }));
  expect(decode(packet).malformed).toBe(false);
});

test("bytes behind the total length are padding", () => {
  const packet = ethernet(0x0800, bytes(ipv4(6, tcp().subarray(0, 10)), new Uint8Array(30)));
  expect(decode(packet)).toMatchObject({ layers: "ethernet ipv4 tcp", malformed: true });
});

test("IP in IP, and IPv6 under IPv4's EtherType", () => {
  expect(decode(ethernet(0x0800, ipv4(4, ipv4(6, tcp()))))).toMatchObject({ protocol: "tcp" });
  expect(decode(ethernet(0x0800, ipv4(41, ipv6(17, udp()))))).toMatchObject({
    layers: "ethernet ipv4 ipv6 udp",
  });
  expect(decode(ethernet(0x0800, ipv6(17, udp()))).layers).toBe("ethernet ipv4 ipv6 udp");
});

test("the authentication header stands before the transport", () => {
  const header = bytes([17, 4], "0000 00000001 00000001", new Uint8Array(12));
  expect(decode(ethernet(0x0800, ipv4(51, bytes(header, udp())))).layers).toBe("ethernet ipv4 udp");
});

test("protocols that pcs does not decode count as ipv4", () => {
  expect(decode(ethernet(0x0800, ipv4(89, nothing)))).toMatchObject({ protocol: "ipv4", malformed: false });
});
