import { expect, test } from "bun:test";
import { bytes } from "../../capture/bytes-builder.test-support.ts";
import { ipv4, sctp, tcp, udp } from "../packet-builder.test-support.ts";
import { fieldsOf } from "./inspect-fields.test-support.ts";
import { inspectPacket } from "./inspect-packet.ts";

test("TCP, with options", () => {
  const segment = bytes(tcp(bytes(""), 8).subarray(0, 20), "020405b4 01 030307 04020000");
  expect(fieldsOf(ipv4(6, segment), "tcp", 101)).toMatchObject({
    "Source port": "40000",
    "Destination port": "80",
    Sequence: "1",
    "Header length": "32 bytes",
    Flags: "PSH, ACK",
  });
  const packet = ipv4(6, segment);
  const options = inspectPacket(packet, packet.length, 101)[1]?.fields.at(-1);
  expect(options?.fields?.map(({ name, value }) => [name, value])).toEqual([
    ["Largest segment", "1460"],
    ["Nothing", "01"],
    ["Window scale", "7"],
    ["Selective acknowledgement permitted", "0402"],
    ["End", "00"],
  ]);
});

test("UDP and SCTP", () => {
  expect(fieldsOf(ipv4(17, udp()), "udp", 101)).toMatchObject({ "Destination port": "53", Length: "8" });
  expect(fieldsOf(ipv4(132, sctp()), "sctp", 101)).toMatchObject({
    "Destination port": "5060",
    "Verification tag": "0x00000001",
    Chunk: "Type, Flags, Length, Content",
  });
});
