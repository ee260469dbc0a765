import { expect, test } from "bun:test";
import { PacketLog } from "./packet-log.ts";

test("flows are named afterwards, over the border of chunks", () => {
  const log = new PacketLog();
  for (let i = 1; i <= 65_536 - 2; i++) log.push(1, 1, 2, i, i, 60);
  log.noteFlows(Uint32Array.of(9), 1);
  for (let i = 1; i <= 5; i++) log.push(1, 1, 2, i, i, 60);
  log.noteFlows(Uint32Array.of(1, 2, 3, 4, 5, 77), 5);
  const flows = log.chunks.flatMap(({ count, flow }) => Array.from(flow.subarray(0, count)));
  expect(flows.slice(-7)).toEqual([0, 9, 1, 2, 3, 4, 5]);
  log.clear();
  log.noteFlows(Uint32Array.of(1), 1);
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
