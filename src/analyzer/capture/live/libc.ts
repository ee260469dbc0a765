/**
 * The C library by bun:ffi: `memcpy` everywhere, and on Linux what a packet socket needs. The functions are
 * those of glibc and of musl.
 */
import { read, type Pointer } from "bun:ffi";
import { openLibrary } from "../../../lib/open-library.ts";

const linuxNames = ["libc.so.6", "libc.musl-x86_64.so.1", "libc.musl-aarch64.so.1", "libc.so"];
const copyNames: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ["libSystem.B.dylib"],
  win32: ["msvcrt.dll", "ucrtbase.dll"],
};

const copySymbols = { memcpy: { args: ["ptr", "ptr", "usize"], returns: "void" } } as const;

const linuxSymbols = {
  socket: { args: ["i32", "i32", "i32"], returns: "i32" },
  setsockopt: { args: ["i32", "i32", "i32", "ptr", "u32"], returns: "i32" },
  getsockopt: { args: ["i32", "i32", "i32", "ptr", "ptr"], returns: "i32" },
  bind: { args: ["i32", "ptr", "u32"], returns: "i32" },
  poll: { args: ["ptr", "usize", "i32"], returns: "i32" },
  mmap: { args: ["ptr", "usize", "i32", "i32", "i32", "i64"], returns: "ptr" },
  munmap: { args: ["ptr", "usize"], returns: "i32" },
  close: { args: ["i32"], returns: "i32" },
  if_nametoindex: { args: ["ptr"], returns: "u32" },
  __errno_location: { args: [], returns: "ptr" },
} as const;

export type LinuxLibc = NonNullable<ReturnType<typeof loadLinux>>;

/** @returns undefined where this is no Linux */
export function openLinuxLibc(): LinuxLibc | undefined {
  return loadLinux();
}

function loadLinux() {
  return openLibrary(linuxNames, linuxSymbols)?.symbols;
}

/** Copies bytes between addresses. Bytes beyond either place are not checked: the caller knows both. */
export function openMemcpy(platform: NodeJS.Platform): (to: Pointer, from: Pointer, length: number) => void {
  const library = openLibrary(copyNames[platform] ?? linuxNames, copySymbols);
  if (library === undefined) throw new Error("there is no C library with memcpy");
  return library.symbols.memcpy;
}

/** The number of the last error of this thread (errno.h). */
export function lastError(libc: LinuxLibc): number {
  const place = libc["__errno_location"]() as Pointer | null;
  return place === null ? 0 : read.i32(place, 0);
}

/** Bits of `poll`. */
export const pollBit = { readable: 1, error: 8 } as const;

/**
 * Waits until a file descriptor can be read or has an error.
 * @returns the bits of what happened; 0 after the time
 */
export function pollReadable(libc: LinuxLibc, fd: number, timeoutMs: number): number {
  // struct pollfd: descriptor i32 | events i16 | what happened i16
  const wanted = new Int32Array([fd, pollBit.readable]);
  return libc.poll(wanted, 1, timeoutMs) > 0 ? wanted[1]! >>> 16 : 0;
}
