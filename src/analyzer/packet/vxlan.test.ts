import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { ethernet, ipv4, ipv6, layersOf, tcp, udpTo } from "./packet-builder.test-support.ts";

const frame = ethernet(0x0800, ipv4(6, tcp()));
const over = (port: number, payload: Uint8Array) => ethernet(0x0800, ipv4(17, udpTo(port, payload)));

test.each<[string, Uint8Array, string]>([
  ["VXLAN", over(4789, bytes("08000000 00000100", frame)), "ethernet ipv4 tcp udp vxlan"],
  [
    "its extension with IPv6",
    over(4790, bytes("0c000002 00000100", ipv6(6, tcp()))),
    "ethernet ipv4 ipv6 tcp udp vxlan",
  ],
  [
    "its extension with Ethernet",
    over(4790, bytes("0c000003 00000100", frame)),
    "ethernet ipv4 tcp udp vxlan",
  ],
  ["nothing inside", over(4789, bytes("08000000")), "ethernet ipv4 udp vxlan"],
])("%s", (_name, packet, layers) => {
  expect(layersOf(packet)).toBe(layers);
});
