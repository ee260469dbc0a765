import { expect, test } from "bun:test";
import { bytes } from "../../capture/bytes-builder.test-support.ts";
import { icmp, ipv4, ipv6, tcp } from "../packet-builder.test-support.ts";
import { fieldsOf } from "./inspect-fields.test-support.ts";

test.each<[string, Uint8Array, string, Record<string, string>]>([
  ["echo", ipv4(1, icmp(8)), "icmp", { Type: "8 (echo)", Identifier: "0" }],
  ["an error", ipv4(1, icmp(3)), "icmp", { Type: "3 (destination unreachable)", Code: "0" }],
  ["version 6", ipv6(58, icmp(129)), "icmpv6", { Type: "129 (echo reply)", Sequence: "0" }],
  ["IGMP", ipv4(2, bytes("16000000e0000001")), "igmp", { Type: "0x16 (report 2)", Group: "224.0.0.1" }],
  ["IGMP 3", ipv4(2, bytes("2200000000000002")), "igmp", { Records: "2" }],
  ["PIM", ipv4(103, bytes("2100000000000000", ipv4(6, tcp()))), "pim", { Type: "1 (register)" }],
])("%s", (_name, packet, layer, fields) => {
  expect(fieldsOf(packet, layer, 101)).toMatchObject(fields);
});
