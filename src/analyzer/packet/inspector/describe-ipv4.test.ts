import { expect, test } from "bun:test";
import { bytes } from "../../capture/bytes-builder.test-support.ts";
import { ipv4, udp } from "../packet-builder.test-support.ts";
import { fieldsOf } from "./inspect-fields.test-support.ts";
import { inspectPacket } from "./inspect-packet.ts";

test("fields", () => {
  expect(fieldsOf(ipv4(17, udp(), { fragment: 0x2003 }), "ipv4", 101)).toMatchObject({
    "Header length": "20 bytes",
    "Total length": "28",
    Flags: "more fragments",
    "Fragment offset": "24",
    "Time to live": "64",
    Protocol: "17 (UDP)",
    Destination: "10.0.0.2",
  });
});

test("options, also damaged ones", () => {
  const packet = ipv4(17, udp(), { options: bytes("94040000 01 44ff00") });
  const options = inspectPacket(packet, packet.length, 101)[0]?.fields.at(-1);
  expect(options?.fields?.map(({ name, start, length }) => [name, start, length])).toEqual([
    ["Router alert", 20, 4],
    ["Nothing", 24, 1],
    ["Damaged", 25, 3],
  ]);
});

test("the authentication header", () => {
  const packet = ipv4(51, bytes("11 04 0000 00000007 00000001", new Uint8Array(12), udp()));
  expect(fieldsOf(packet, "authentication", 101)).toMatchObject({
    "Next header": "17 (UDP)",
    "Security parameters": "0x00000007",
    Sequence: "1",
  });
});
