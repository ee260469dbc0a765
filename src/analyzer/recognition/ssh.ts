/** SSH by its banner (RFC 4253, section 4.2): `SSH-2.0-OpenSSH_9.6 comments\r\n`. */
import type { Facts } from "./facts.ts";
import { readName, startsWith } from "./read-bytes.ts";

export function isSshBanner(bytes: Uint8Array, start: number, end: number): boolean {
  return startsWith(bytes, start, end, "SSH-");
}

/** The software that the banner names. */
export function readSsh(bytes: Uint8Array, start: number, end: number): Facts {
  if (!isSshBanner(bytes, start, end)) return {};
  let until = start;
  while (until < end && bytes[until] !== 0x0d && bytes[until] !== 0x0a) until++;
  return { detail: readName(bytes, start, until) };
}
