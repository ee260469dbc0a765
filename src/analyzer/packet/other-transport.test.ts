import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { batchOf } from "../capture/capture-builder.test-support.ts";
import { decodeBatch } from "./decode-batch.ts";
import { createDecodedColumns } from "./decoded-columns.ts";
import { ethernet, ipv4 } from "./packet-builder.test-support.ts";

test("all of it is payload, under its IP protocol number", () => {
  const columns = createDecodedColumns(1);
  decodeBatch(batchOf([{ data: ethernet(0x0800, ipv4(50, bytes("0000000100000002"))) }]), columns);
  expect(columns.transport[0]).toBe(50);
  expect([columns.transportStart[0], columns.payloadStart[0], columns.payloadEnd[0]]).toEqual([34, 34, 42]);
});
