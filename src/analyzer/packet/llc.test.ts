import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { ethernet, ipv4, layersOf, udp } from "./packet-builder.test-support.ts";

const inside = ipv4(17, udp());

test.each<[string, Uint8Array, string]>([
  ["IP", bytes("060603", inside), "llc ipv4 udp"],
  ["two bytes of control", bytes("0606 0002", inside), "llc ipv4 udp"],
  ["SNAP", bytes("aaaa03 000000 0800", inside), "llc ipv4 udp"],
  ["over bridges", bytes("aaaa03 0000f8 0800", inside), "llc ipv4 udp"],
  ["bridged", bytes("aaaa03 0080c2 0007", ethernet(0x0800, inside)), "ethernet llc ipv4 udp"],
  ["spanning tree", bytes("424203 0000"), "llc"],
])("%s", (_name, packet, layers) => {
  expect(layersOf(packet, 100)).toBe(layers);
});
