import { expect, test } from "bun:test";
import { PacketLog } from "./packet-log.ts";

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
