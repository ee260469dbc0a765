import { expect, test } from "bun:test";
import { batchOf } from "../capture/capture-builder.test-support.ts";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { decodeBatch } from "../packet/decode-batch.ts";
import { createDecodedColumns } from "../packet/decoded-columns.ts";
import { ethernet, icmp, ipv4, ipv6, tcp, udpTo } from "../packet/packet-builder.test-support.ts";
import { PacketStore } from "./packet-store.ts";
import { headerWord, quotedHeader, StoredHeaders } from "./stored-headers.ts";

const plain = ethernet(0x0800, ipv4(6, tcp()));
const vxlan = ethernet(0x0800, ipv4(17, udpTo(4789, bytes("08000000 00000100", plain))));
const unreachable = ethernet(0x0800, ipv4(1, icmp(3, ipv4(17, udpTo(53, plain)))));
const sixInFour = ethernet(0x0800, ipv4(41, ipv6(6, tcp())));

test("tunnels and quotes in the order of their rows, over batches and chunks", () => {
  const store = new PacketStore(100, 3);
  const columns = createDecodedColumns(10);
  for (const packets of [[plain, vxlan], [unreachable, plain, vxlan, unreachable, sixInFour], [vxlan]]) {
    const batch = batchOf(packets.map((data) => ({ data })));
    decodeBatch(batch, columns);
    store.add(batch, columns, new Uint32Array(10), Uint32Array.from([11, 12, 13]));
  }
  const found: number[][] = [];
  for (const { chunk, number } of store.rows()) {
    const { words, stride, count, flows } = chunk.headers;
    for (let i = 0; i < count; i++) {
      const at = i * stride;
      const ports = words[at + headerWord.ports]!;
      expect(words[at + headerWord.source]).toBeGreaterThan(0);
      expect(words[at + headerWord.destination]).toBeGreaterThan(0);
      found.push([
        number + words[at + headerWord.row]!,
        words[at + headerWord.transport]!,
        ports & 0xffff,
        flows[i]!,
      ]);
    }
  }
  expect(found).toEqual([
    [2, 17, 4789, 11],
    [3, 17 + quotedHeader, 53, 0],
    [5, 17, 4789, 11],
    [6, 17 + quotedHeader, 53, 0],
    [7, 0, 0, 12],
    [8, 17, 4789, 11],
  ]);
});

test("a chunk that is written over loses its headers, and what is too much is counted", () => {
  const store = new PacketStore(2, 2);
  const columns = createDecodedColumns(10);
  for (let i = 0; i < 7; i++) {
    const batch = batchOf([{ data: vxlan }]);
    decodeBatch(batch, columns);
    store.add(batch, columns, new Uint32Array(1));
  }
  for (const { chunk, until } of store.rows()) expect(chunk.headers.count).toBe(until);
  const headers = new StoredHeaders(100);
  for (let row = 0; row < 200; row++) headers.add(row >> 1, 1, 2, 3, 4, 5);
  expect([headers.count, headers.refused]).toEqual([100, 100]);
  expect([0, 1, 20, 49, 50, 99].map((row) => headers.firstFrom(row))).toEqual([0, 2, 40, 98, 100, 100]);
});
