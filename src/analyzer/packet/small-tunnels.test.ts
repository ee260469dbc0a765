import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { ethernet, ipv4, layersOf, tcp, udpTo } from "./packet-builder.test-support.ts";

const inside = ipv4(6, tcp());
const frame = ethernet(0x0800, inside);
const over = (port: number, payload: Uint8Array) => ethernet(0x0800, ipv4(17, udpTo(port, payload)));

test.each<[string, Uint8Array, string]>([
  ["LISP", over(4341, bytes("0000000000000000", inside)), "ethernet ipv4 tcp udp"],
  ["LISP's control", over(4342, bytes("80000000", inside)), "ethernet ipv4 tcp udp"],
  ["EtherIP", ethernet(0x0800, ipv4(97, bytes("3000", frame))), "ethernet ipv4 tcp"],
  ["TRILL", ethernet(0x22f3, bytes("0000 0001 0002", frame)), "ethernet ipv4 tcp"],
  ["TRILL with options", ethernet(0x22f3, bytes("0040 0001 0002 00000000", frame)), "ethernet ipv4 tcp"],
  ["TZSP", over(37_008, bytes("01 00 0001 0a 01 00 00 01", frame)), "ethernet ipv4 tcp udp"],
  [
    "MACsec, not encrypted",
    ethernet(0x88e5, bytes("20 00 00000001 0000000000000001 0800", inside, new Uint8Array(16))),
    "ethernet ipv4 tcp",
  ],
  ["MACsec, encrypted", ethernet(0x88e5, bytes("2c 00 00000001 0000000000000001 0800", inside)), "ethernet"],
])("%s", (_name, packet, layers) => {
  expect(layersOf(packet)).toBe(layers);
});
