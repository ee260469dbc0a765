import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { decode, ethernet, icmp, ipv4, ipv6, tcp, udp } from "./packet-builder.test-support.ts";

test("an echo", () => {
  expect(decode(ethernet(0x0800, ipv4(1, icmp(8))))).toMatchObject({
    layers: "ethernet ipv4 icmp",
    protocol: "icmp",
  });
});

test.each([3, 4, 5, 11, 12])("ICMP error %d quotes a packet, whose layers count", (type) => {
  const quoted = ipv4(17, udp(), { totalLength: 1500 });
  expect(decode(ethernet(0x0800, ipv4(1, icmp(type, quoted))))).toEqual({
    layers: "ethernet ipv4 icmp udp",
    protocol: "icmp",
    ports: [0, 0],
    malformed: false,
    truncated: false,
    undecoded: false,
  });
});

test.each([1, 2, 3, 4])("ICMPv6 error %d quotes a packet", (type) => {
  const quoted = ipv6(6, tcp().subarray(0, 8));
  expect(decode(ethernet(0x86dd, ipv6(58, icmp(type, quoted))))).toMatchObject({
    layers: "ethernet ipv6 icmpv6 tcp",
    protocol: "icmpv6",
    malformed: false,
  });
});

test("a quote of nothing, and errors within errors", () => {
  expect(decode(ethernet(0x0800, ipv4(1, icmp(3)))).layers).toBe("ethernet ipv4 icmp");
  const nested = ipv4(1, icmp(3, ipv4(1, icmp(3, ipv4(17, udp())))));
  expect(decode(ethernet(0x0800, nested))).toMatchObject({
    layers: "ethernet ipv4 icmp udp",
    protocol: "icmp",
  });
});

test("IGMP, whole and cut short on the wire", () => {
  expect(decode(ethernet(0x0800, ipv4(2, bytes("1600 0000 e0000001"))))).toMatchObject({
    layers: "ethernet ipv4 igmp",
    protocol: "igmp",
    malformed: false,
  });
  expect(decode(ethernet(0x0800, ipv4(2, bytes("1600")))).malformed).toBe(true);
});
