import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { ethernet, ipv4, layersOf } from "./packet-builder.test-support.ts";

test.each<[string, Uint8Array, string]>([
  ["version 2", ethernet(0x0800, ipv4(2, bytes("1600 0000 e0000001"))), "ethernet ipv4 igmp"],
  [
    "version 3",
    ethernet(0x0800, ipv4(2, bytes("2200 0000 0000 0001 04000000 e0000001"))),
    "ethernet ipv4 igmp",
  ],
])("%s", (_name, packet, layers) => {
  expect(layersOf(packet)).toBe(layers);
});
