import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { ethernet, ipv4, layersOf, tcp, udpTo } from "./packet-builder.test-support.ts";

const inside = ipv4(6, tcp());
const over = (payload: Uint8Array) => ethernet(0x0800, ipv4(17, udpTo(1701, payload)));

test.each<[string, Uint8Array, string]>([
  ["data", over(bytes("0002 0001 0002 ff03 0021", inside)), "ethernet ipv4 tcp udp ppp"],
  [
    "length, sequence and offset",
    over(bytes("4a02 0030 0001 0002 0000 0000 0002 0000 0021", inside)),
    "ethernet ipv4 tcp udp ppp",
  ],
  ["control", over(bytes("c802 000c 0001 0000 0000 0000")), "ethernet ipv4 udp"],
  ["version 3", over(bytes("0003 0000 00000001", inside)), "ethernet ipv4 udp"],
])("%s", (_name, packet, layers) => {
  expect(layersOf(packet)).toBe(layers);
});
