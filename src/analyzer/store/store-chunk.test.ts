import { expect, test } from "bun:test";
import { createStoreChunk } from "./store-chunk.ts";

test("every column has its rows, and a packet costs 63 bytes", () => {
  const { headers: _, ...chunk } = createStoreChunk(10);
  const columns: { length: number; byteLength: number }[] = Object.values(chunk);
  expect(columns.every(({ length }) => length === 10)).toBe(true);
  expect(columns.reduce((sum, { byteLength }) => sum + byteLength, 0)).toBe(630);
});
