import { expect, test } from "bun:test";
import { bytes, u16 } from "../capture/bytes-builder.test-support.ts";
import { decode, ethernet, icmp, ipv4, tcp, udp } from "./packet-builder.test-support.ts";
import type { ProtocolName } from "./protocols.ts";

const query = bytes("1234 0100 0001 0000 0000 0000 03777777 00 0001 0001");
const inTcp = bytes(u16(query.length), query);

function tcpTo(port: number, payload: Uint8Array): Uint8Array {
  const segment = tcp(payload);
  segment.set(u16(port), 2);
  return ipv4(6, segment);
}

test.each<[name: string, packet: Uint8Array, protocol: ProtocolName]>([
  ["a query", ipv4(17, udp(query)), "dns"],
  ["a query over TCP", tcpTo(53, inTcp), "dns"],
  ["a handshake on its port", tcpTo(53, bytes("")), "tcp"],
  ["another port", tcpTo(80, inTcp), "tcp"],
  ["text on its port", ipv4(17, udp(new TextEncoder().encode("hello, this is no DNS"))), "udp"],
  ["too short", ipv4(17, udp(query.subarray(0, 11))), "udp"],
  ["quoted in an error", ipv4(1, icmp(3, ipv4(17, udp(query)))), "icmp"],
])("%s", (_name, packet, protocol) => {
  expect(decode(ethernet(0x0800, packet)).protocol).toBe(protocol);
});
