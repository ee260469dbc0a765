import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { batchOf } from "../capture/capture-builder.test-support.ts";
import { decodeBatch } from "./decode-batch.ts";
import { createDecodedColumns } from "./decoded-columns.ts";
import { decode, ethernet, ipv4, tcp } from "./packet-builder.test-support.ts";

const over = (segment: Uint8Array) => decode(ethernet(0x0800, ipv4(6, segment)));

test.each([
  ["plain", tcp()],
  ["with options", tcp(bytes("00"), 15)],
])("%s", (_name, segment) => {
  expect(over(segment)).toMatchObject({ protocol: "tcp", ports: [40_000, 80], malformed: false });
});

test.each([
  ["a header of 16 bytes", tcp(bytes(""), 4)],
  ["a header longer than the segment", tcp().with(12, 0xf0)],
  ["half a header", tcp().subarray(0, 10)],
])("%s is malformed", (_name, segment) => {
  expect(over(segment).malformed).toBe(true);
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

test("the payload's length on the wire is told though the options were cut", () => {
  const packet = ethernet(0x0800, ipv4(6, tcp(new Uint8Array(100), 10)));
  const columns = createDecodedColumns(1);
  decodeBatch(batchOf([{ data: packet.subarray(0, 60), wire: packet.length }]), columns);
  expect(columns.payloadLength[0]).toBe(100);
  expect(columns.payloadEnd[0]! - columns.payloadStart[0]!).toBe(0);
});
