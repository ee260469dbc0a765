import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { arp, decode, ethernet, ipv4, udp, vlan } from "./packet-builder.test-support.ts";

const inside = ipv4(17, udp());
const snap = (type: string): Uint8Array => bytes("aaaa03 000000", type, inside);

test.each([
  ["EtherType", ethernet(0x0800, inside), "ethernet ipv4 udp"],
  ["ARP", ethernet(0x0806, arp()), "ethernet arp"],
  ["RARP", ethernet(0x8035, arp()), "ethernet arp"],
  ["802.1Q", ethernet(0x8100, vlan(5, 0x0800, inside)), "ethernet vlan ipv4 udp"],
  ["QinQ", ethernet(0x88a8, vlan(5, 0x8100, vlan(6, 0x0800, inside))), "ethernet vlan ipv4 udp"],
  ["length in a VLAN", ethernet(0x8100, vlan(5, 3, bytes("424203"))), "ethernet vlan llc"],
  ["LLC", ethernet(3, bytes("424203")), "ethernet llc"],
  ["LLC with IP", ethernet(3 + inside.length, bytes("060603", inside)), "ethernet llc ipv4 udp"],
  ["SNAP", ethernet(8 + inside.length, snap("0800")), "ethernet llc ipv4 udp"],
  ["SNAP of another organisation", ethernet(8, bytes("aaaa03 00000c 2000")), "ethernet llc"],
  ["Novell without LLC", ethernet(10, bytes("ffff 0000")), "ethernet"],
  ["type 0", ethernet(0, inside), "ethernet"],
  ["an unknown EtherType", ethernet(0x88cc, bytes("0207")), "ethernet"],
  ["13 bytes", ethernet(0x0800, inside).subarray(0, 13), "ethernet"],
  ["nothing", bytes(""), "ethernet"],
])("%s", (_name, packet, layers) => {
  expect(decode(packet).layers).toBe(layers);
});

test("a length beyond the packet is malformed, padding behind it is not", () => {
  expect(decode(ethernet(100, bytes("424203"))).malformed).toBe(true);
  expect(decode(ethernet(3, bytes("424203", new Uint8Array(40))))).toMatchObject({ malformed: false });
});

test("tags upon tags end at a limit", () => {
  let packet = vlan(1, 0x0800, inside);
  for (let i = 0; i < 100; i++) packet = vlan(1, 0x8100, packet);
  expect(decode(ethernet(0x8100, packet)).layers).toBe("ethernet vlan");
});
