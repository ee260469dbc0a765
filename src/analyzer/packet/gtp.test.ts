import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { ethernet, ipv4, ipv6, layersOf, tcp, udpTo } from "./packet-builder.test-support.ts";

const inside = ipv4(6, tcp());
const over = (port: number, payload: Uint8Array) => ethernet(0x0800, ipv4(17, udpTo(port, payload)));

test.each<[string, Uint8Array, string]>([
  ["user data", over(2152, bytes("30 ff 0030 00000001", inside)), "ethernet ipv4 tcp udp"],
  ["with a sequence", over(2152, bytes("32 ff 0030 00000001 0001 00 00", inside)), "ethernet ipv4 tcp udp"],
  [
    "with an extension",
    over(2152, bytes("34 ff 0030 00000001 0000 00 85 01 0000 00", inside)),
    "ethernet ipv4 tcp udp",
  ],
  ["IPv6", over(2152, bytes("30 ff 0030 00000001", ipv6(6, tcp()))), "ethernet ipv4 ipv6 tcp udp"],
  ["PPP", over(2152, bytes("30 ff 0030 00000001 ff03 0021", inside)), "ethernet ipv4 tcp udp ppp"],
  ["version 0", over(3386, bytes("1e ff 0030", new Uint8Array(16), inside)), "ethernet ipv4 tcp udp"],
  ["an echo", over(2152, bytes("32 01 0004 00000000 0001 00 00")), "ethernet ipv4 udp"],
  [
    "an extension of length 0",
    over(2152, bytes("34 ff 0030 00000001 0000 00 85 00 0000 00", inside)),
    "ethernet ipv4 udp",
  ],
])("%s", (_name, packet, layers) => {
  expect(layersOf(packet)).toBe(layers);
});
