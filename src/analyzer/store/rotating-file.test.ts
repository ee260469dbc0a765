import { formatCount } from "../../lib/counted.ts";
import { afterAll, describe, expect, test } from "bun:test";
import { closeSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { batchOf } from "../capture/capture-builder.test-support.ts";
import { maxBlocksInMemory } from "../limits.ts";
import { BlockFile } from "./block-file.ts";
import { openPrivateFile } from "./private-file.ts";
import { openRotatingFile, RotatingFile } from "./rotating-file.ts";

const folder = mkdtempSync(join(tmpdir(), "pcs-"));
afterAll(() => rmSync(folder, { recursive: true }));
const blockBytes = 1000;

/** Keeps packets of `length` bytes, a hundred a batch; each is filled with its number. @returns their places */
function fill(file: RotatingFile, packets: number, length = 90): number[] {
  const kept: number[] = [];
  const places = new Float64Array(100);
  for (let from = 0; from < packets; from += 100) {
    const numbers = Array.from({ length: Math.min(100, packets - from) }, (_, i) => from + i);
    file.keep(batchOf(numbers.map((number) => ({ data: new Uint8Array(length).fill(number) }))), places);
    kept.push(...places.subarray(0, numbers.length));
  }
  return kept;
}

/** Numbers of the packets that can be read and are what they were; -1 for one that is something else. */
function readable(file: RotatingFile, places: number[], length = 90): number[] {
  return places.flatMap((place, number) => {
    if (Number.isNaN(place) || file.problemAt(place) !== undefined) return [];
    const into = new Uint8Array(length);
    const read = file.copy(place, into);
    return [read === length && into.every((byte) => byte === (number & 0xff)) ? number : -1];
  });
}

const range = (from: number, until: number): number[] =>
  Array.from({ length: until - from }, (_, i) => from + i);

test("the last packets are there, and those whose place was taken are counted", async () => {
  const file = openRotatingFile({ parents: [folder], mayWait: true, maxBytes: 5000, blockBytes });
  const places = fill(file, 30);
  expect(readable(file, places)).toEqual(range(0, 30));
  expect([file.lost, file.warnings]).toEqual([0, []]);
  const all = fill(file, 1000);
  const found = readable(file, all);
  // Five blocks of ten or eleven packets, the last one partly filled.
  expect(found).toEqual(range(1000 - found.length, 1000));
  expect(found.length).toBeGreaterThanOrEqual(40);
  expect(found.length).toBeLessThanOrEqual(55);
  expect(file.lost).toBe(1030 - found.length);
  expect(file.warnings).toEqual([
    expect.stringMatching(
      /^The bytes of [\d,]+ older packets are no longer kept: pcs keeps the last .+ MiB of them on disk\.$/,
    ),
  ]);
  expect(file.problemAt(all[0]!)).toStartWith("Newer packets took their place: pcs keeps the last 0.005 MiB");
  await file.close();
});

test("an older block that waits for the disk does not take the place of a newer one", async () => {
  const file = openRotatingFile({ parents: [folder], mayWait: true, maxBytes: 5000, blockBytes });
  const all = fill(file, 1000);
  const found = readable(file, all);
  while (file.isWriting) await Bun.sleep(1);
  expect(readable(file, all)).toEqual(found);
  expect(found).toEqual(range(1000 - found.length, 1000));
  // And once more, around what was written meanwhile.
  const again = fill(file, 1000);
  expect(readable(file, again)).toEqual(range(1000 - readable(file, again).length, 1000));
  await file.close();
});

test("blocks are found while they wait for the disk, and after that", async () => {
  const file = openRotatingFile({ parents: [folder], mayWait: true, maxBytes: 1e6, blockBytes });
  const places = fill(file, 5000);
  expect(readable(file, places)).toEqual(range(0, 5000));
  // By then the system's threads have written all but the last.
  while (file.isWriting) await Bun.sleep(1);
  expect(readable(file, places)).toEqual(range(0, 5000));
  await file.close();
  expect(file.copy(places[0]!, new Uint8Array(90))).toBe(0);
});

test("packets that may not wait for the disk are counted", async () => {
  const file = openRotatingFile({ parents: [folder], mayWait: false, maxBytes: 1e6, blockBytes });
  // Nothing is written before this test lets go of its thread.
  const places = fill(file, 1000);
  const found = readable(file, places);
  expect(found).toEqual(range(0, found.length));
  expect(found.length).toBeGreaterThanOrEqual(maxBlocksInMemory * 10);
  expect(file.lost).toBe(1000 - found.length);
  expect(file.warnings).toEqual([
    `The bytes of ${formatCount(file.lost)} packets were not kept: they came too fast.`,
  ]);
  while (file.isWriting) await Bun.sleep(1);
  // With room again the next ones are kept.
  expect(fill(file, 1).some(Number.isNaN)).toBe(false);
  await file.close();
});

test("while packets come too fast to be taken none is kept", async () => {
  let isBehind = false;
  const file = openRotatingFile({ parents: [folder], mayWait: false, isBehind: () => isBehind, blockBytes });
  const before = fill(file, 10);
  isBehind = true;
  expect(fill(file, 150).every(Number.isNaN)).toBe(true);
  isBehind = false;
  expect(fill(file, 10).some(Number.isNaN)).toBe(false);
  expect([readable(file, before), file.lost]).toEqual([range(0, 10), 150]);
  await file.close();
});

describe.skipIf(process.platform !== "linux")("a disk that is full", () => {
  for (const mayWait of [true, false])
    test(`loses nothing that it had, and has one warning (may wait: ${mayWait})`, async () => {
      const made = { file: openSync("/dev/full", "r+"), parent: "/dev", remove: () => {} };
      const file = new RotatingFile(new BlockFile(made, 1000, blockBytes), mayWait);
      const before = fill(file, 25);
      expect(readable(file, before)).toEqual(range(0, 25));
      while (file.isWriting) await Bun.sleep(1);
      fill(file, 1000);
      expect(readable(file, before)).toEqual(range(0, 25));
      expect(file.lost).toBeGreaterThan(900);
      expect(file.warnings).toEqual(["The bytes of further packets are not kept: the disk is full."]);
      await file.close();
    });
});

test("a disk with little room is not filled", () => {
  const open = (): unknown => openRotatingFile({ parents: [folder], mayWait: true, blockBytes: 2 ** 50 });
  expect(open).toThrow(`too little of the disk is free in ${folder}`);
});

test("packets that come after the end are not kept", async () => {
  const made = openPrivateFile([folder]);
  const file = new RotatingFile(new BlockFile(made, 10, blockBytes), true);
  await file.close();
  await file.close();
  fill(file, 100);
  expect(file.lost).toBeGreaterThan(80);
  expect(() => closeSync(made.file)).toThrow();
});
