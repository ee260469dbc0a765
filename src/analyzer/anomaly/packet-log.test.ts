import { expect, test } from "bun:test";
import { createDecodedColumns } from "../packet/decoded-columns.ts";
import { flowKey } from "./flow-key.ts";
import { PacketLog } from "./packet-log.ts";

const key = (port: number, transport: number) => flowKey(1, port, 2, 0, transport);

test("flows are noted afterwards, over the border of chunks, of what has flows", () => {
  const log = new PacketLog();
  const columns = createDecodedColumns(5);
  columns.transport.set([6, 6, 17, 1, 132]);
  columns.sourcePort.set([9, 8, 7, 0, 5]);
  for (let i = 1; i <= 65_536 - 2; i++) log.push(1, 1, 2, i, i, 60);
  log.noteFlows(columns, 0);
  for (let i = 1; i <= 5; i++) log.push(1, 1, 2, i, i, 60);
  log.noteFlows(columns, 5);
  const flows = log.chunks.flatMap(({ count, flow }) => Array.from(flow.subarray(0, count)));
  expect(flows.slice(-6)).toEqual([0, key(9, 6), key(8, 6), key(7, 17), 0, key(5, 132)]);
  log.clear();
  log.push(1, 1, 2, 0, 1, 60);
  expect(log.chunks[0]!.flow[0]).toBe(0);
});

test("packets stay in their order, over the chunks", () => {
  const log = new PacketLog();
  for (let i = 1; i <= 150_000; i++) log.push(i % 10, 1, 2, i, i, 60);
  expect([log.count, log.chunks.length]).toEqual([150_000, 3]);
  const numbers = log.chunks.flatMap(({ count, number }) => Array.from(number.subarray(0, count)));
  expect(numbers).toEqual(Array.from({ length: 150_000 }, (_, i) => i + 1));
  log.clear();
  expect([log.count, log.chunks.map(({ count }) => count)]).toEqual([0, [0]]);
  log.push(7, 1, 2, 0, 1, 60);
  expect([log.count, log.chunks[0]!.vector[0]]).toEqual([1, 7]);
});
