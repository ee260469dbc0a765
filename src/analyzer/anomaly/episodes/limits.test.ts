import { expect, test } from "bun:test";
import * as limits from "./limits.ts";

test("every limit is a positive whole number", () => {
  const values = Object.entries(limits).filter(([, value]) => !Number.isSafeInteger(value) || value < 1);
  expect(values).toEqual([]);
});
