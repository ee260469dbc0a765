import { afterAll, describe, expect, test } from "bun:test";
import { appendFileSync, mkdtempSync, rmSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memoryBytes } from "./capture-builder.test-support.ts";
import { openFileBytes, prefixedBytes, streamBytes, type ByteSource } from "./byte-source.ts";

async function all(source: ByteSource, step = 3): Promise<number[]> {
  const read: number[] = [];
  const into = new Uint8Array(step);
  for (let length = await source.read(into); length > 0; length = await source.read(into))
    read.push(...into.subarray(0, length));
  await source.close();
  return read;
}

test("a file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "pcs-"));
  const path = join(folder, "bytes");
  writeFileSync(path, new Uint8Array([1, 2, 3, 4, 5]));
  expect(await all(await openFileBytes(path))).toEqual([1, 2, 3, 4, 5]);
  expect(openFileBytes(folder)).rejects.toThrow(`cannot read ${folder}: it is a folder.`);
  rmSync(folder, { recursive: true });
  expect(openFileBytes(path)).rejects.toThrow(`cannot read ${path}: there is no such file or folder.`);
});

test("a stream, its chunks larger and smaller than what is asked for", async () => {
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of [[1], [], [2, 3, 4, 5, 6, 7]]) controller.enqueue(new Uint8Array(chunk));
      controller.close();
    },
  });
  expect(await all(streamBytes(stream))).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test("a prefix and then the rest", async () => {
  const rest = memoryBytes(new Uint8Array([5, 6]));
  expect(await all(prefixedBytes(new Uint8Array([1, 2, 3, 4]), rest))).toEqual([1, 2, 3, 4, 5, 6]);
});

describe("a file that changes while it is read", () => {
  const folder = mkdtempSync(join(tmpdir(), "pcs-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "bytes");

  async function problemAfter(change: () => void): Promise<[number, string | undefined]> {
    writeFileSync(path, new Uint8Array(1000));
    utimesSync(path, 1, 1);
    const source = await openFileBytes(path);
    expect(source.progress).toEqual({ readBytes: 0, totalBytes: 1000 });
    expect(await source.read(new Uint8Array(600))).toBe(600);
    change();
    const { length } = await all(source);
    return [length, source.problem];
  }

  test("cut, behind or before what was read", async () => {
    const problem = "The file became shorter while it was read; what was read counts.";
    expect(await problemAfter(() => truncateSync(path, 700))).toEqual([100, problem]);
    expect(await problemAfter(() => truncateSync(path, 0))).toEqual([0, problem]);
  });

  test("written over", async () => {
    const problem = "The file was written over while it was read; what was read counts.";
    expect(await problemAfter(() => writeFileSync(path, new Uint8Array(1000)))).toEqual([400, problem]);
  });

  test("grown, or removed: all of it is read", async () => {
    expect(await problemAfter(() => appendFileSync(path, "more"))).toEqual([404, undefined]);
    expect(await problemAfter(() => rmSync(path))).toEqual([400, undefined]);
  });
});
