import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { ethernet, ipv4, ipv6, layersOf, tcp, udpTo } from "./packet-builder.test-support.ts";

const frame = ethernet(0x0800, ipv4(6, tcp()));
const over = (payload: Uint8Array) => ethernet(0x0800, ipv4(17, udpTo(6081, payload)));

test.each<[string, Uint8Array, string]>([
  ["Ethernet", over(bytes("00 00 6558 000001 00", frame)), "ethernet ipv4 tcp udp"],
  [
    "IPv6 behind options",
    over(bytes("02 00 86dd 000001 00 0102030405060708", ipv6(6, tcp()))),
    "ethernet ipv4 ipv6 tcp udp",
  ],
  ["an unknown type", over(bytes("00 00 1234 000001 00", frame)), "ethernet ipv4 udp"],
])("%s", (_name, packet, layers) => {
  expect(layersOf(packet)).toBe(layers);
});
