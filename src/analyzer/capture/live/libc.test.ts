import { expect, test } from "bun:test";
import { ptr } from "bun:ffi";
import { lastError, openLinuxLibc, openMemcpy, pollReadable } from "./libc.ts";

test("memcpy copies as many bytes as it is told", () => {
  const [from, to] = [new Uint8Array([1, 2, 3, 4]), new Uint8Array(4)];
  openMemcpy(process.platform)(ptr(to), ptr(from), 3);
  expect([...to]).toEqual([1, 2, 3, 0]);
});

test("errors of the C library are seen, and a wait ends", () => {
  if (process.platform !== "linux") {
    process.stderr.write("skipped: packet sockets are of Linux\n");
    return;
  }
  const libc = openLinuxLibc()!;
  expect(libc.close(-1)).toBe(-1);
  expect(lastError(libc)).toBe(9);
  const fd = libc.socket(2, 2, 0);
  const startedAt = performance.now();
  expect(pollReadable(libc, fd, 30)).toBe(0);
  expect(performance.now() - startedAt).toBeGreaterThan(20);
  libc.close(fd);
});
