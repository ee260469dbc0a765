import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { ipv4, layersOf, udp } from "./packet-builder.test-support.ts";

const three = "0000 000000000001 000000000002 000000000003 1000";
const snap = bytes("aaaa03 000000 0800", ipv4(17, udp()));

test.each<[string, number, Uint8Array, string]>([
  ["data", 105, bytes("0800", three, snap), "llc ipv4 udp wlan"],
  ["between distribution systems", 105, bytes("0803", three, "000000000004", snap), "llc ipv4 udp wlan"],
  ["with quality of service", 105, bytes("8800", three, "0000", snap), "llc ipv4 udp wlan"],
  ["and control", 105, bytes("8880", three, "0000 00000000", snap), "llc ipv4 udp wlan"],
  [
    "several frames in one",
    105,
    bytes("8800", three, "8000 000000000001 000000000002 0024", snap),
    "llc ipv4 udp wlan",
  ],
  ["encrypted", 105, bytes("0840", three, snap), "wlan"],
  ["a piece", 105, bytes("0804", three, snap), "wlan"],
  ["no data", 105, bytes("4800", three), "wlan"],
  ["a beacon", 105, bytes("8000", three), "wlan"],
  ["an acknowledgement", 105, bytes("d400 0000 000000000001"), "wlan"],
])("%s", (_name, linkType, packet, layers) => {
  expect(layersOf(packet, linkType)).toBe(layers);
});
