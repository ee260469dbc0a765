import { expect, test } from "bun:test";
import { bytes } from "../../capture/bytes-builder.test-support.ts";
import { ipv6, udp } from "../packet-builder.test-support.ts";
import { fieldsOf } from "./inspect-fields.test-support.ts";
import { inspectPacket } from "./inspect-packet.ts";

test("fields", () => {
  expect(fieldsOf(ipv6(17, udp()), "ipv6", 101)).toMatchObject({
    Version: "6",
    "Flow label": "0x000000",
    "Payload length": "8",
    "Next header": "17 (UDP)",
    "Hop limit": "64",
    Source: "101:101:101:101:101:101:101:101",
  });
});

test("a later fragment ends the chain", () => {
  const packet = ipv6(44, bytes("11 00 0010 00000007", udp()));
  const [, extension, data] = inspectPacket(packet, packet.length, 101);
  expect(extension?.fields[0]?.fields?.map(({ name, value }) => [name, value])).toEqual([
    ["Next header", "17 (UDP)"],
    ["Fragment offset", "16"],
    ["More fragments", "0"],
    ["Identification", "0x00000007"],
  ]);
  expect(data).toMatchObject({ name: "data", start: 48 });
});
