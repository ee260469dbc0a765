import { expect, test } from "bun:test";
import { nextOfIpProtocol } from "./ip-protocol.ts";
import { next } from "./next-header.ts";
import { PacketCursor } from "./packet-cursor.ts";

test.each([
  [1, next.icmp],
  [4, next.ipv4],
  [6, next.tcp],
  [17, next.udp],
  [41, next.ipv6],
  [58, next.icmpv6],
  [132, next.sctp],
  [59, next.none],
  [255, next.otherTransport],
  [47, next.gre],
  [103, next.pim],
])("%d", (protocol, header) => {
  expect(nextOfIpProtocol(new PacketCursor(), protocol)).toBe(header);
});

test("extension headers leave their kind", () => {
  const p = new PacketCursor();
  expect(nextOfIpProtocol(p, 44)).toBe(next.ipv6Extension);
  expect(p.argument).toBe(44);
});
