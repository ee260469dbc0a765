import { expect, test } from "bun:test";
import { batchOf } from "../capture/capture-builder.test-support.ts";
import { decodeBatch } from "../packet/decode-batch.ts";
import { createDecodedColumns } from "../packet/decoded-columns.ts";
import type { ByteKeeper } from "./byte-keeper.ts";
import { PacketReader } from "./packet-reader.ts";
import { PacketStore } from "./packet-store.ts";

/** Packets of 10 bytes one after the other, from place 0 on; SITA, which has 5 bytes before each. */
function setUp(aheadBytes: number, stripsFront: boolean) {
  const store = new PacketStore();
  const batch = batchOf(
    Array.from({ length: 10 }, (_, i) => ({ data: new Uint8Array(10).fill(i) })),
    196,
  );
  const columns = createDecodedColumns(10);
  decodeBatch(batch, columns);
  const places = Float64Array.from({ length: 10 }, (_, i) => i * 10);
  places[7] = Number.NaN;
  store.add(batch, columns, new Uint32Array(10), undefined, places);
  const reads: number[] = [];
  const keeper: ByteKeeper = {
    before: 8,
    lost: 0,
    warnings: [],
    keep: () => {},
    problemAt: () => undefined,
    copy(place, into) {
      reads.push(place);
      const length = Math.min(into.length, 95 - place);
      into.set(batch.bytes.subarray(place, place + length));
      return length;
    },
    isSame: (view, at) => at >= 0 && at < view.byteLength,
    close: () => Promise.resolve(),
  };
  const reader = new PacketReader(keeper, aheadBytes, stripsFront);
  const { chunk } = store.find(1)!;
  const bytesOf = (row: number, front?: number): string => {
    const bytes = reader.bytesOf(chunk, row, front);
    return typeof bytes === "string" ? bytes : bytes.toHex();
  };
  return { reader, reads, chunk, bytesOf };
}

test("one after the other, as many are read as fit", () => {
  const { reader, reads, bytesOf } = setUp(40, true);
  for (let row = 0; row < 7; row++) expect(bytesOf(row)).toBe(`0${row}`.repeat(10));
  // From 8 bytes before a packet on; before the first one there is nothing.
  expect(reads).toEqual([0, 22, 52]);
  reader.forget();
  expect(bytesOf(6)).toBe("06".repeat(10));
  expect(reads).toEqual([0, 22, 52, 52]);
});

test("what is not there has its reason", () => {
  const { bytesOf } = setUp(0, true);
  expect(bytesOf(7)).toBe("They were not kept.");
  expect(bytesOf(9)).toBe("The file ends before them.");
  expect(bytesOf(8)).toBe("08".repeat(10));
});

test("a pseudo header is given where the source took it off", () => {
  const stripped = setUp(0, true);
  expect(stripped.reader.frontOf(stripped.chunk, 3)).toBe(5);
  expect(stripped.bytesOf(3, 5)).toBe("02".repeat(5) + "03".repeat(10));
  const live = setUp(0, false);
  expect(live.reader.frontOf(live.chunk, 3)).toBe(0);
});
