import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { arp, ethernet, ipv4, ipv6, layersOf, udp } from "./packet-builder.test-support.ts";

const inside = ipv4(17, udp());
const over = (packet: Uint8Array) => ethernet(0x8847, packet);

test.each<[string, Uint8Array, string]>([
  ["one label", over(bytes("00010140", inside)), "ethernet mpls ipv4 udp"],
  [
    "three labels, IPv6",
    over(bytes("00010040 00020040 00030140", ipv6(17, udp()))),
    "ethernet mpls ipv6 udp",
  ],
  [
    "Ethernet behind a control word",
    over(bytes("00010140 00000000", ethernet(0x0800, inside))),
    "ethernet mpls ipv4 udp",
  ],
  ["Ethernet", over(bytes("00010140", ethernet(0x0806, arp()))), "ethernet mpls arp"],
  ["an associated channel", over(bytes("0000d140 10000021", inside)), "ethernet mpls ipv4 udp"],
  ["something else", over(bytes("00010140 f0000000")), "ethernet mpls"],
  ["in IP", ethernet(0x0800, ipv4(137, bytes("00010140", inside))), "ethernet mpls ipv4 udp"],
])("%s", (_name, packet, layers) => {
  expect(layersOf(packet)).toBe(layers);
});
