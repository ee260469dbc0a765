import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { ethernet, ipv4, ipv6, layersOf, tcp, udpTo } from "./packet-builder.test-support.ts";

const six = ipv6(6, tcp());
const over = (payload: Uint8Array) => ethernet(0x0800, ipv4(17, udpTo(3544, payload)));

test.each<[string, Uint8Array, string]>([
  ["plain", over(six), "ethernet ipv4 ipv6 tcp udp"],
  [
    "authentication and origin",
    over(bytes("0001 00 00 0000000000000000 00 0000 1234 01020304", six)),
    "ethernet ipv4 ipv6 tcp udp",
  ],
  ["something else", over(bytes("ff00 0000")), "ethernet ipv4 udp"],
])("%s", (_name, packet, layers) => {
  expect(layersOf(packet)).toBe(layers);
});
