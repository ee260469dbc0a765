import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { topRows } from "./top-rows.ts";

test("the first of all rows sorted", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 200 }), fc.integer({ min: 1, max: 9 }), (sizes, limit) => {
      const rows = sizes.map((_, row) => row);
      const top = topRows(
        (see) => rows.forEach((row) => see(row)),
        (row) => sizes[row]!,
        (a, b) => a - b,
        limit,
      );
      expect(top).toEqual(rows.sort((a, b) => sizes[b]! - sizes[a]! || a - b).slice(0, limit));
    }),
  );
});
