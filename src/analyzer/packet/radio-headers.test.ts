import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { ipv4, layersOf, udp } from "./packet-builder.test-support.ts";

const addresses = "0000 000000000001 000000000002 000000000003 1000";
const beacon = bytes("8000", addresses);
const snap = bytes("aaaa03 000000 0800", ipv4(17, udp()));
const data = bytes("0800", addresses, snap);
const quality = bytes("8800", addresses, "0000");

test.each<[string, number, Uint8Array, string]>([
  ["radiotap", 127, bytes("00 00 0800 00000000", beacon), "wlan"],
  [
    "radiotap with a check sequence",
    127,
    bytes("00 00 0900 02000000 10", data, "01020304"),
    "llc ipv4 udp wlan",
  ],
  ["radiotap with padding", 127, bytes("00 00 0900 02000000 20", quality, "0000", snap), "llc ipv4 udp wlan"],
  ["radiotap with time", 127, bytes("00 00 1100 03000000 0000000000000000 00", data), "llc ipv4 udp wlan"],
  ["Prism", 119, bytes("44000000 90000000", new Uint8Array(136), beacon), "wlan"],
  ["AVS", 163, bytes("80211001 00000040", new Uint8Array(56), beacon), "wlan"],
  ["AVS as Prism", 119, bytes("80211001 00000040", new Uint8Array(56), beacon), "wlan"],
  ["PPI", 192, bytes("00 00 0800 69000000", beacon), "wlan"],
  ["radiotap shorter than itself", 127, bytes("00 00 0400 00000000", beacon), ""],
])("%s", (_name, linkType, packet, layers) => {
  expect(layersOf(packet, linkType)).toBe(layers);
});
