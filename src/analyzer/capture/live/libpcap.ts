/**
 * libpcap by bun:ffi: the functions that pcs calls, with the types of pcap.h (libpcap 1.5 and later, Npcap).
 * Strings go in as bytes that end in zero.
 */
import { CString, type Pointer } from "bun:ffi";
import { openLibrary } from "../../../lib/open-library.ts";

const names = {
  linux: ["libpcap.so.1", "libpcap.so.0.8", "libpcap.so"],
  darwin: ["libpcap.A.dylib", "/usr/lib/libpcap.A.dylib"],
  win32: ["C:\\Windows\\System32\\Npcap\\wpcap.dll", "wpcap.dll"],
} as const;

const symbols = {
  pcap_create: { args: ["ptr", "ptr"], returns: "ptr" },
  pcap_set_snaplen: { args: ["ptr", "i32"], returns: "i32" },
  pcap_set_promisc: { args: ["ptr", "i32"], returns: "i32" },
  pcap_set_buffer_size: { args: ["ptr", "i32"], returns: "i32" },
  pcap_set_timeout: { args: ["ptr", "i32"], returns: "i32" },
  pcap_set_tstamp_precision: { args: ["ptr", "i32"], returns: "i32" },
  pcap_get_tstamp_precision: { args: ["ptr"], returns: "i32" },
  pcap_activate: { args: ["ptr"], returns: "i32" },
  pcap_setnonblock: { args: ["ptr", "i32", "ptr"], returns: "i32" },
  pcap_fileno: { args: ["ptr"], returns: "i32" },
  pcap_datalink: { args: ["ptr"], returns: "i32" },
  pcap_compile: { args: ["ptr", "ptr", "ptr", "i32", "u32"], returns: "i32" },
  pcap_setfilter: { args: ["ptr", "ptr"], returns: "i32" },
  pcap_freecode: { args: ["ptr"], returns: "void" },
  pcap_open_dead: { args: ["i32", "i32"], returns: "ptr" },
  pcap_offline_filter: { args: ["ptr", "ptr", "ptr"], returns: "i32" },
  pcap_next_ex: { args: ["ptr", "ptr", "ptr"], returns: "i32" },
  pcap_stats: { args: ["ptr", "ptr"], returns: "i32" },
  pcap_geterr: { args: ["ptr"], returns: "ptr" },
  pcap_statustostr: { args: ["i32"], returns: "ptr" },
  pcap_findalldevs: { args: ["ptr", "ptr"], returns: "i32" },
  pcap_freealldevs: { args: ["ptr"], returns: "void" },
  pcap_close: { args: ["ptr"], returns: "void" },
} as const;

export type Libpcap = NonNullable<ReturnType<typeof load>>;

/** Bytes of a buffer for an error message (PCAP_ERRBUF_SIZE). */
export const errorBytes = 256;

/** @returns undefined where it is not installed */
export function openLibpcap(platform: NodeJS.Platform): Libpcap | undefined {
  return load(platform);
}

function load(platform: NodeJS.Platform) {
  const known = platform === "darwin" || platform === "win32" ? platform : "linux";
  return openLibrary(names[known], symbols)?.symbols;
}

/** The bytes of a C string. */
export function toCString(text: string): Uint8Array {
  return Buffer.from(`${text}\0`);
}

/** The text of a C string, or nothing for a null pointer. */
export function fromCString(pointer: Pointer | bigint | null): string {
  return pointer === null ? "" : new CString(pointer);
}

/** A message out of an error buffer. */
export function errorText(buffer: Uint8Array): string {
  const end = buffer.indexOf(0);
  return Buffer.from(buffer.subarray(0, end < 0 ? buffer.length : end)).toString("utf8");
}
