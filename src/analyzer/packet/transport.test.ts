import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { decode, ethernet, ipv4, sctp, tcp, udp } from "./packet-builder.test-support.ts";

const over = (protocol: number, segment: Uint8Array) => decode(ethernet(0x0800, ipv4(protocol, segment)));

test.each([
  ["tcp", 6, tcp(), [40_000, 80]],
  ["tcp with options", 6, tcp(bytes("00"), 15), [40_000, 80]],
  ["udp", 17, udp(bytes("00")), [40_001, 53]],
  ["udp of length 0", 17, udp(bytes("00"), 0), [40_001, 53]],
  ["sctp", 132, sctp(), [40_002, 5060]],
])("%s", (name, protocol, segment, ports) => {
  expect(over(protocol, segment)).toMatchObject({ protocol: name.split(" ")[0], ports, malformed: false });
});

test.each([
  ["TCP header of 16 bytes", 6, tcp(bytes(""), 4)],
  ["TCP header longer than the segment", 6, tcp().with(12, 0xf0)],
  ["UDP length below its header", 17, udp(bytes(""), 7)],
  ["UDP length above the packet", 17, udp(bytes(""), 9)],
  ["half a TCP header", 6, tcp().subarray(0, 10)],
  ["half a UDP header", 17, udp().subarray(0, 4)],
  ["half an SCTP header", 132, sctp().subarray(0, 8)],
])("%s is malformed", (_name, protocol, segment) => {
  expect(over(protocol, segment).malformed).toBe(true);
});

test("a header cut by the snapshot length is truncated, not malformed", () => {
  const packet = ethernet(0x0800, ipv4(6, tcp()));
  expect(decode(packet.subarray(0, 44), { wire: packet.length })).toMatchObject({
    layers: "ethernet ipv4 tcp",
    truncated: true,
    malformed: false,
    ports: [40_000, 80],
  });
});
