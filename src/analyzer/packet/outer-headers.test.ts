import { expect, test } from "bun:test";
import { batchOf } from "../capture/capture-builder.test-support.ts";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { decodeBatch } from "./decode-batch.ts";
import { createDecodedColumns, noOffset, packetFlag } from "./decoded-columns.ts";
import { OuterHeaders } from "./outer-headers.ts";
import { ethernet, icmp, ipv4, ipv6, tcp, udpTo } from "./packet-builder.test-support.ts";

const plain = ethernet(0x0800, ipv4(6, tcp()));
const vxlan = ethernet(0x0800, ipv4(17, udpTo(4789, bytes("08000000 00000100", plain))));

function decoded(...packets: Uint8Array[]) {
  const columns = createDecodedColumns(packets.length);
  decodeBatch(batchOf(packets.map((data) => ({ data }))), columns);
  return columns;
}

test("headers come back as they were noted, however many", () => {
  const headers = new OuterHeaders();
  for (let i = 0; i < 1000; i++) headers.add(i >> 1, 4, 17, (40_000 << 16) | i, i, i % 2 === 0 ? i + 20 : -1);
  const columns = createDecodedColumns(500);
  headers.writeTo(columns, 999);
  const { networkVersion, transport, sourcePort, destinationPort, networkStart, transportStart } = columns;
  const row = [networkVersion, transport, sourcePort, destinationPort, networkStart, transportStart];
  expect(row.map((column) => column[499])).toEqual([4, 17, 40_000, 999, 999, noOffset]);
  headers.writeTo(columns, 998);
  expect(transportStart[499]).toBe(1018);
  expect([headers.rowOf(999), headers.rowOf(1000)]).toEqual([499, -1]);
  headers.clear();
  expect(headers.rowOf(0)).toBe(-1);
});

test("what is around the innermost packet, and nothing of others", () => {
  const columns = decoded(plain, vxlan, plain, ethernet(0x0800, ipv4(41, ipv6(6, tcp()))));
  const { outer, flags } = columns;
  expect([outer.count, outer.rowOf(0), outer.rowOf(1)]).toEqual([2, 1, 3]);
  expect(Array.from(flags, (flag) => flag & packetFlag.tunnelled)).toEqual([0, 16, 0, 16]);
  const before = [columns.sourcePort[1], columns.destinationPort[1]];
  outer.writeTo(columns, 0);
  expect([before, [columns.sourcePort[1], columns.destinationPort[1]]]).toEqual([
    [40_000, 80],
    [40_001, 4789],
  ]);
  outer.writeTo(columns, 1);
  expect([columns.networkVersion[3], columns.transport[3], columns.transportStart[3]]).toEqual([
    4,
    0,
    noOffset,
  ]);
});

test("the next batch begins anew, and what ICMP quotes is inside nothing", () => {
  const columns = createDecodedColumns(1);
  decodeBatch(batchOf([{ data: vxlan }]), columns);
  expect(columns.outer.count).toBe(1);
  decodeBatch(batchOf([{ data: ethernet(0x0800, ipv4(1, icmp(3, ipv4(17, udpTo(53, plain))))) }]), columns);
  expect(columns.outer.count).toBe(0);
});

test("an inner header of which bytes are missing is none, and the outer one stays", () => {
  const columns = createDecodedColumns(1);
  decodeBatch(batchOf([{ data: vxlan.subarray(0, 70), wire: vxlan.length }]), columns);
  expect([columns.outer.count, columns.networkVersion[0], columns.networkStart[0]]).toEqual([1, 0, noOffset]);
});
