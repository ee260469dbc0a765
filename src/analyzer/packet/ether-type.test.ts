import { expect, test } from "bun:test";
import { nextOfEtherType } from "./ether-type.ts";
import { next } from "./packet-cursor.ts";

test.each([
  [0x0800, next.ipv4],
  [0x86dd, next.ipv6],
  [0x0806, next.arp],
  [0x8100, next.vlan],
  [0x88a8, next.vlan],
  [0x88cc, next.none],
  [0, next.none],
])("%p", (type, header) => {
  expect(nextOfEtherType(type)).toBe(header);
});
