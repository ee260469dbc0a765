import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { decode, ethernet, ipv4, udp, udpTo } from "./packet-builder.test-support.ts";

const over = (datagram: Uint8Array) => decode(ethernet(0x0800, ipv4(17, datagram)));

test.each([
  ["plain", udp(bytes("00"))],
  ["of length 0", udp(bytes("00"), 0)],
])("%s", (_name, datagram) => {
  expect(over(datagram)).toMatchObject({ protocol: "udp", ports: [40_001, 53], malformed: false });
});

test.each([
  ["a length below the header", udp(bytes(""), 7)],
  ["a length above the packet", udp(bytes(""), 9)],
  ["half a header", udp().subarray(0, 4)],
])("%s is malformed", (_name, datagram) => {
  expect(over(datagram).malformed).toBe(true);
});

test("a datagram of length 0 holds no tunnel, as nothing says where it ends", () => {
  const inside = ethernet(0x0800, ipv4(17, udp()));
  const datagram = udpTo(4789, bytes("0800000000000000", inside));
  expect(over(datagram).layers).toContain("vxlan");
  expect(over(datagram.with(4, 0).with(5, 0)).layers).not.toContain("vxlan");
});
