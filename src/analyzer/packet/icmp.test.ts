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

test("a redirect of version 6 quotes a packet in an option", () => {
  const link = bytes("02 01 0a0000000001");
  const header = bytes("04 07 000000000000", ipv6(17, udp()));
  const addresses = new Uint8Array(32);
  const packet = ethernet(0x86dd, ipv6(58, icmp(137, bytes(addresses, link, header))));
  expect(decode(packet)).toMatchObject({ layers: "ethernet ipv6 icmpv6 udp", ports: [0, 0] });
  const endless = icmp(137, bytes(addresses, "02 00 000000000000"));
  expect(decode(ethernet(0x86dd, ipv6(58, endless))).layers).toBe("ethernet ipv6 icmpv6");
});

test("IGMP, whole and cut short on the wire", () => {
  expect(decode(ethernet(0x0800, ipv4(2, bytes("1600 0000 e0000001"))))).toMatchObject({
    layers: "ethernet ipv4 igmp",
    protocol: "igmp",
    malformed: false,
  });
  expect(decode(ethernet(0x0800, ipv4(2, bytes("1600")))).malformed).toBe(true);
});
