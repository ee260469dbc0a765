import { expect, test } from "bun:test";
import { constants, zstdCompressSync } from "node:zlib";
import { bytes } from "./bytes-builder.test-support.ts";
import { ZstdFrames } from "./zstd-frames.ts";

const content = new Uint8Array(300_000).map((_, i) => (i * i * i) >> 9);
const checked = zstdCompressSync(content, { params: { [constants.ZSTD_c_checksumFlag]: 1 } });
const plain = zstdCompressSync(content);
const repeated = zstdCompressSync(new Uint8Array(500_000));
const skippable = bytes("502a4d18 04000000 01020304");

function isWhole(stream: Uint8Array, step: number): boolean {
  const frames = new ZstdFrames();
  for (let at = 0; at < stream.length; at += step) frames.take(stream.subarray(at, at + step));
  return frames.isWhole;
}

test("whole streams, in steps of any size", () => {
  for (const stream of [checked, plain, repeated, skippable, bytes(plain, skippable, checked, repeated)])
    for (const step of [1, 2, 3, 1000, stream.length]) expect(isWhole(stream, step)).toBe(true);
});

test("no cut is whole, but those between frames", () => {
  const stream = bytes(repeated, skippable, zstdCompressSync(new Uint8Array([1, 2, 3])));
  const between = new Set([0, repeated.length, repeated.length + skippable.length]);
  for (let end = 0; end < stream.length; end++)
    expect([end, isWhole(stream.subarray(0, end), 5)]).toEqual([end, between.has(end)]);
});

test("bytes behind the frames that are no frame are left alone", () => {
  expect(isWhole(bytes(plain, "00000000 000000"), 100)).toBe(true);
});
