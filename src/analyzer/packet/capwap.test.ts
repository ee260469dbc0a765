import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { ethernet, ipv4, layersOf, udp, udpTo } from "./packet-builder.test-support.ts";

const frame = ethernet(0x0800, ipv4(17, udp()));
const swapped = bytes(
  "0008 0000 000000000001 000000000002 000000000003 0010",
  "aaaa03 000000 0800",
  ipv4(17, udp()),
);
const over = (port: number, payload: Uint8Array) => ethernet(0x0800, ipv4(17, udpTo(port, payload)));

test.each<[string, Uint8Array, string]>([
  [
    "802.11 with its bytes swapped",
    over(5247, bytes("00 10 43 00 00000000", swapped)),
    "ethernet llc ipv4 udp wlan",
  ],
  ["Ethernet", over(5247, bytes("00 10 42 00 00000000", frame)), "ethernet ipv4 udp"],
  ["keeping alive", over(5247, bytes("00 10 43 08 00000000", swapped)), "ethernet ipv4 udp"],
  ["encrypted", over(5247, bytes("01 000000 16fefd00", swapped)), "ethernet ipv4 udp"],
  ["LWAPP", over(12_222, bytes("00 00 0031 eb4a 0000 0000 000000000000")), "ethernet ipv4 udp wlan"],
  ["LWAPP's control", over(12_223, bytes("04 00 0031 eb4a 0000")), "ethernet ipv4 udp"],
])("%s", (_name, packet, layers) => {
  expect(layersOf(packet)).toBe(layers);
});
