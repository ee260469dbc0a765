import { expect, test } from "bun:test";
import { askForLargePages, heapRegions } from "./large-pages.ts";

test("only large writable regions of no file count", () => {
  const maps = [
    "00200000-08000000 r--p 00000000 fe:00 4711                               /usr/bin/program",
    "10000000-20000000 rw-p 00000000 fe:00 4711                               /usr/bin/program",
    "3f850c00000-3f890c00000 rw-p 00000000 00:00 0 ",
    "7f7f58021000-7f7f5c000000 ---p 00000000 00:00 0 ",
    "7f7f60000000-7f7f60800000 rw-p 00000000 00:00 0 ",
    "7f7f60dde000-7f7fa0dde000 rwxp 00000000 00:00 0",
    "7ffd00000000-7ffd10000000 rw-p 00000000 00:00 0                          [stack]",
    "",
  ].join("\n");
  expect(heapRegions(maps)).toEqual([
    { start: 0x3f850c00000, bytes: 1 << 30 },
    { start: 0x7f7f60dde000, bytes: 1 << 30 },
  ]);
});

test("asking changes nothing that is in memory", () => {
  const before = new Uint8Array(8 << 20).fill(7);
  askForLargePages();
  const after = new Uint8Array(8 << 20);
  expect(before.every((byte) => byte === 7)).toBeTrue();
  expect(after.every((byte) => byte === 0)).toBeTrue();
});
