import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { chunkHeadBytes, decodeChunk, decodeCredit, encodeChunk, encodeCredit } from "./chunk.ts";
import { maxChunkBytes } from "./limits.ts";

const headBytes = 2 + "chunk".length + 4;

test("what is encoded is decoded again, without a copy", () => {
  const data = fc.uint8Array({ minLength: 1, maxLength: 300 });
  const offset = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER - 300 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffffff }), offset, data, (transfer, offset, data) => {
      const frame = encodeChunk(transfer, offset, data);
      const start = headBytes + chunkHeadBytes;
      expect(decodeChunk(frame, headBytes, frame.length)).toEqual({
        transfer,
        offset,
        start,
        end: frame.length,
      });
      expect(frame.subarray(start)).toEqual(data);
      const credit = encodeCredit({ transfer, upTo: offset });
      expect(decodeCredit(credit, credit.length - chunkHeadBytes, credit.length)).toEqual({
        transfer,
        upTo: offset,
      });
    }),
  );
});

test("what is empty, too long, cut, or beyond every number is refused", () => {
  const most = encodeChunk(1, 0, new Uint8Array(maxChunkBytes));
  expect(decodeChunk(most, headBytes, most.length)).toBeDefined();
  const more = encodeChunk(1, 0, new Uint8Array(maxChunkBytes + 1));
  expect(decodeChunk(more, headBytes, more.length)).toBeUndefined();
  for (let length = 0; length <= chunkHeadBytes; length++)
    expect(decodeChunk(most, headBytes, headBytes + length)).toBeUndefined();
  const far = encodeChunk(1, Number.MAX_SAFE_INTEGER, Uint8Array.of(1));
  expect(decodeChunk(far, headBytes, far.length)).toBeUndefined();
  const credit = new Uint8Array(13).fill(255);
  for (let length = 0; length <= 13; length++) expect(decodeCredit(credit, 0, length)).toBeUndefined();
});

test("any bytes are no exception", () =>
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      decodeChunk(bytes, 0, bytes.length);
      decodeCredit(bytes, 0, bytes.length);
    }),
  ));
