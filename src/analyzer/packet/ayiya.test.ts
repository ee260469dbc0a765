import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { ethernet, ipv4, ipv6, layersOf, tcp, udpTo } from "./packet-builder.test-support.ts";

const over = (payload: Uint8Array) => ethernet(0x0800, ipv4(17, udpTo(5072, payload)));
const behind = bytes(new Uint8Array(16), new Uint8Array(20), ipv6(6, tcp()));

test.each<[string, Uint8Array, string]>([
  ["forwarded", over(bytes("41 52 11 29 00000000", behind)), "ethernet ipv4 ipv6 tcp udp"],
  ["a heartbeat", over(bytes("41 52 10 3b 00000000", behind)), "ethernet ipv4 udp"],
])("%s", (_name, packet, layers) => {
  expect(layersOf(packet)).toBe(layers);
});
