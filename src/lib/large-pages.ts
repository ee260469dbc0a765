/**
 * Large pages for the memory of this process (madvise(2), MADV_HUGEPAGE). A table of many megabytes that fills for
 * the first time costs a fault for each 4 KiB of it, and on a virtual machine such a fault takes longer than
 * filling the page does. With large pages there is one a 2 MiB. Only a hint, only on Linux, and nothing is
 * changed but the time it takes; memory in use grows by what is left over in the last page of each region.
 */
import { readFileSync } from "node:fs";
import type { Pointer } from "bun:ffi";
import { openLibrary } from "./open-library.ts";

const names = ["libc.so.6", "libc.musl-x86_64.so.1", "libc.musl-aarch64.so.1"];
const symbols = { madvise: { args: ["ptr", "usize", "i32"], returns: "i32" } } as const;
const hugePages = 14;

/** Heaps are reserved as large regions; smaller ones are stacks and libraries. */
const minRegionBytes = 64 << 20;

/** A part of the address space. */
export interface Region {
  start: number;
  bytes: number;
}

/** Asks for large pages wherever this process keeps much memory. */
export function askForLargePages(): void {
  if (process.platform !== "linux") return;
  const libc = openLibrary(names, symbols)?.symbols;
  if (libc === undefined) return;
  try {
    for (const { start, bytes } of heapRegions(readFileSync("/proc/self/maps", "utf8")))
      libc.madvise(start as Pointer, bytes, hugePages);
  } catch {
    /* without /proc it is as slow as before */
  }
}

/**
 * The large writable regions that belong to no file.
 * @param maps the text of /proc/PID/maps: `start-end rwxp offset device inode path`
 */
export function heapRegions(maps: string): Region[] {
  const regions: Region[] = [];
  for (const [, from, until] of maps.matchAll(/^([\da-f]+)-([\da-f]+) rw.p \S+ \S+ 0 *$/gm)) {
    const start = Number.parseInt(from!, 16);
    const bytes = Number.parseInt(until!, 16) - start;
    if (bytes >= minRegionBytes) regions.push({ start, bytes });
  }
  return regions;
}
