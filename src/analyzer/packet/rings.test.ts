import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { ipv4, layersOf, udp } from "./packet-builder.test-support.ts";

const addresses = "000000000001 000000000002";
const snap = bytes("aaaa03 000000 0800", ipv4(17, udp()));

test.each<[string, number, Uint8Array, string]>([
  ["FDDI", 10, bytes("54", addresses, snap), "llc ipv4 udp"],
  ["FDDI's own frames", 10, bytes("c3", addresses), ""],
  ["token ring", 6, bytes("10 40", addresses, snap), "llc ipv4 udp"],
  ["a route", 6, bytes("10 40 000000000001 800000000002 0420 0011", snap), "llc ipv4 udp"],
  ["token ring's own frames", 6, bytes("10 00", addresses), ""],
])("%s", (_name, linkType, packet, layers) => {
  expect(layersOf(packet, linkType)).toBe(layers);
});
