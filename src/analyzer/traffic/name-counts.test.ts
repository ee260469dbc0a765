import { expect, test } from "bun:test";
import { NameCounts } from "./name-counts.ts";

test("names that occurred, in their own order, once for each bit", () => {
  const counts = new NameCounts(["a", "b", "c", "d"]);
  counts.add(3, 10);
  counts.addEach(0b1001, 5);
  counts.addEach(0, 7);
  expect(counts.snapshot()).toEqual({ a: { packets: 1, bytes: 5 }, d: { packets: 2, bytes: 15 } });
  expect(Object.keys(counts.snapshot())).toEqual(["a", "d"]);
});
