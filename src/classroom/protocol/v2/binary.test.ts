import { expect, test } from "bun:test";
import { readUint32, readUint64, writeUint32, writeUint64 } from "./binary.ts";

test("numbers are what DataView makes of them", () => {
  const bytes = new Uint8Array(9);
  const view = new DataView(bytes.buffer);
  for (const value of [0, 1, 255, 256, 0x7fffffff, 0x80000000, 0xffffffff]) {
    writeUint32(bytes, 1, value);
    expect([view.getUint32(1), readUint32(bytes, 1)]).toEqual([value, value]);
  }
  for (const value of [0, 1, 0xffffffff, 0x100000000, 1_764_081_584_123, Number.MAX_SAFE_INTEGER]) {
    writeUint64(bytes, 1, value);
    expect([Number(view.getBigUint64(1)), readUint64(bytes, 1)]).toEqual([value, value]);
  }
});

test("what no number can hold exactly is infinite", () => {
  for (const value of [2n ** 53n, 2n ** 64n - 1n]) {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, value);
    expect(readUint64(bytes, 0)).toBe(Number.POSITIVE_INFINITY);
  }
});
