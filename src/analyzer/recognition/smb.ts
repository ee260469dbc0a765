/**
 * SMB 1, 2 and 3 behind the four bytes that NetBIOS (RFC 1002, section 4.3.1) and direct TCP share.
 *
 *      0                1            4
 *     | 0, message     | length u24 | ff, fe or fd, "SMB" |
 */
import type { Facts } from "./facts.ts";
import { uint24, uint32 } from "./read-bytes.ts";

const versions = new Map([
  [0xff534d42, "SMB 1"],
  [0xfe534d42, "SMB 2"],
  [0xfd534d42, "SMB 3, encrypted"],
  [0xfc534d42, "SMB 3, compressed"],
]);

export function isSmb(bytes: Uint8Array, start: number, end: number): boolean {
  return start + 8 <= end && bytes[start] === 0 && versions.has(uint32(bytes, start + 4));
}

/** A request, an answer or a refusal of a NetBIOS session, told on its port alone. */
export function isNetbiosSession(bytes: Uint8Array, start: number, end: number): boolean {
  if (start + 4 > end) return false;
  const type = bytes[start]!;
  const length = uint24(bytes, start + 1);
  if (type === 0x81) return length === 68;
  if (type === 0x83) return length === 1;
  return (type === 0x82 || type === 0x85) && length === 0;
}

export function readSmb(bytes: Uint8Array, start: number, end: number): Facts {
  const detail = start + 8 <= end ? versions.get(uint32(bytes, start + 4)) : undefined;
  return detail === undefined ? {} : { detail };
}
