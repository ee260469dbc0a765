import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { arp, ethernet, ipv4, ipv6, layersOf, udp } from "./packet-builder.test-support.ts";

const inside = ipv4(17, udp());

test.each<[string, Uint8Array, string]>([
  ["IPv4", ethernet(0x894f, bytes("0006 01 01 000001 ff", new Uint8Array(16), inside)), "ethernet ipv4 udp"],
  ["Ethernet", ethernet(0x894f, bytes("0002 02 03 000001 ff", ethernet(0x0806, arp()))), "ethernet arp"],
  ["MPLS", ethernet(0x894f, bytes("0002 02 05 000001 ff 00010140", inside)), "ethernet mpls ipv4 udp"],
  [
    "one in another",
    ethernet(0x894f, bytes("0002 02 04 000001 ff 0002 02 02 000001 ff", ipv6(17, udp()))),
    "ethernet ipv6 udp",
  ],
  ["shorter than itself", ethernet(0x894f, bytes("0001 02 01 000001 ff", inside)), "ethernet"],
])("%s", (_name, packet, layers) => {
  expect(layersOf(packet)).toBe(layers);
});
