import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { ethernet, ipv4, layersOf, tcp } from "./packet-builder.test-support.ts";

const over = (packet: Uint8Array) => ethernet(0x0800, ipv4(103, packet));

test.each<[string, Uint8Array, string]>([
  ["a register", over(bytes("2100 0000 00000000", ipv4(6, tcp()))), "ethernet ipv4 tcp"],
  ["a hello", over(bytes("2000 0000 0001 0002 0069")), "ethernet ipv4"],
  ["a null register of nothing", over(bytes("2100 0000 40000000")), "ethernet ipv4"],
])("%s", (_name, packet, layers) => {
  expect(layersOf(packet)).toBe(layers);
});
