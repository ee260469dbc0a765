import { expect, test } from "bun:test";
import { HostTable } from "./host-table.ts";

const none = 0xffffffff;

test("a host is its address and version, wherever it was found last", () => {
  const hosts = new HostTable();
  const words = new Uint32Array([0, 0, 0, 1, 0, 0, 0, 2]);
  const one = hosts.rowOf(4, words, 0, none);
  const two = hosts.rowOf(4, words, 4, none);
  expect([hosts.rowOf(4, words, 0, two), hosts.rowOf(4, words, 4, two)]).toEqual([one, two]);
  expect(hosts.rowOf(6, words, 0, one)).not.toBe(one);
});

test("sums, and the first and the last time, though time runs backwards", () => {
  const hosts = new HostTable();
  const row = hosts.rowOf(4, new Uint32Array(4), 0, none);
  hosts.add(row, 1, 2, 10, 20, 5, 6);
  hosts.add(row, 1, 0, 10, 0, 2, 3);
  hosts.addPeer(row);
  expect(hosts.read(row)).toEqual({
    version: 4,
    packetsIn: 2,
    packetsOut: 2,
    bytesIn: 20,
    bytesOut: 20,
    first: 2,
    last: 6,
    peers: 1,
  });
  expect(hosts.bytesOf(row)).toBe(40);
  expect(hosts.macAt(row)).toBe(-1);
});

test("a flood of addresses costs no more than the limit", () => {
  const hosts = new HostTable(1000);
  for (let i = 0; i < 20_000; i++) {
    const row = hosts.rowOf(4, new Uint32Array([0, 0, 0, i]), 0, none);
    hosts.add(row, 1, 0, 60, 0, i, i);
  }
  expect(hosts.table.count).toBeLessThanOrEqual(1000);
  expect(hosts.table.evicted).toBe(20_000 - hosts.table.count);
});
