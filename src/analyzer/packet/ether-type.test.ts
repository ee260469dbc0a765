import { expect, test } from "bun:test";
import { nextOfEtherType } from "./ether-type.ts";
import { next } from "./next-header.ts";
import { PacketCursor } from "./packet-cursor.ts";

test.each([
  [0x0800, next.ipv4],
  [0x86dd, next.ipv6],
  [0x0806, next.arp],
  [0x8100, next.vlan],
  [0x88a8, next.tag],
  [0x8847, next.mpls],
  [0x8863, next.pppoeDiscovery],
  [0x8864, next.pppoeSession],
  [0x6558, next.ethernet],
  [0x88cc, next.none],
  [0, next.none],
])("%p", (type, header) => {
  expect(nextOfEtherType(new PacketCursor(), type)).toBe(header);
});

test("tags leave how many bytes they have before the next EtherType", () => {
  const p = new PacketCursor();
  expect(nextOfEtherType(p, 0x88e7)).toBe(next.tag);
  expect(p.argument).toBe(16);
});
