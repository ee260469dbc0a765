import { expect, test } from "bun:test";
import { ContextRecords } from "./context-records.ts";
import { hostRecords, knownPaths, pairRecords, shapeRecords } from "./limits.ts";

test("tables can have that many records", () => {
  for (const records of [hostRecords, pairRecords, shapeRecords])
    expect(new ContextRecords({ records, sums: 1, floats: 4, timeConstant: 1 }).keys).toHaveLength(
      2 * records,
    );
  expect(Math.log2(knownPaths) % 1).toBe(0);
});
