import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { formatAddress, formatMac, isLocal, loadAddress } from "./address.ts";

function words(hex: string): Uint32Array {
  const into = new Uint32Array(4);
  loadAddress(bytes(hex), 0, hex.length === 8 ? 4 : 6, into, 0);
  return into;
}

test.each([
  ["c0a80001", "192.168.0.1"],
  ["ffffffff", "255.255.255.255"],
  ["20010db8000000000001000000000001", "2001:db8::1:0:0:1"],
  ["20010db8000000010001000100010001", "2001:db8:0:1:1:1:1:1"],
  ["00000000000000000000000000000000", "::"],
  ["00000000000000000000000000000001", "::1"],
  ["fe800000000000000000000000000000", "fe80::"],
  ["20010db8000100010001000100010001", "2001:db8:1:1:1:1:1:1"],
] as const)("%s is %s (RFC 5952, section 4)", (hex, text) => {
  expect(formatAddress(hex.length === 8 ? 4 : 6, words(hex), 0)).toBe(text);
});

function local(hex: string): boolean {
  return isLocal(hex.length === 8 ? 4 : 6, words(hex), 0);
}

test("Ethernet addresses", () => {
  expect(formatMac(0x000b0c0d, 0x0e0f)).toBe("00:0b:0c:0d:0e:0f");
});

test("addresses that many have", () => {
  expect(["0a010203", "ac1f0001", "c0a80101", "a9fe0001", "7f000001"].every(local)).toBe(true);
  expect(["08080808", "ac200001", "c0a90101"].some(local)).toBe(false);
  expect(local("fe800000000000000000000000000001")).toBe(true);
  expect(local("20010db8000000000001000000000001")).toBe(false);
});
