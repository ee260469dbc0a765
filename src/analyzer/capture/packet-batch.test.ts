import { expect, test } from "bun:test";
import { createPacketBatch, stripFront } from "./packet-batch.ts";

test("bytes taken off the front leave the rest, and never less than nothing", () => {
  const batch = createPacketBatch(2);
  for (const [row, captured] of [10, 2].entries()) {
    batch.offset[row] = 100;
    batch.captured[row] = captured;
    batch.wire[row] = captured + 1;
    stripFront(batch, row, 4);
  }
  expect([...batch.offset]).toEqual([104, 102]);
  expect([...batch.captured]).toEqual([6, 0]);
  expect([...batch.wire]).toEqual([7, 0]);
});
