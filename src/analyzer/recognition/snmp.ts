/**
 * SNMP (RFC 3416, section 3; RFC 3412, section 6) in BER.
 *
 *     30 length | 02 01 version 0, 1 or 3 | 04 length, community | a0 … a8 request or answer     1 and 2
 *                                         | 30 length, header                                    3
 */
import type { Facts } from "./facts.ts";

const sequence = 0x30;
const octets = 0x04;

export function isSnmp(bytes: Uint8Array, start: number, end: number): boolean {
  const at = versionAt(bytes, start, end);
  if (at < 0) return false;
  const version = bytes[at]!;
  if (version === 3) return bytes[at + 1] === sequence;
  if (version > 1 || bytes[at + 1] !== octets || at + 3 > end) return false;
  const request = afterLength(bytes, at + 2, end) + lengthAt(bytes, at + 2, end);
  // The community may reach beyond what was captured.
  return request >= end || (bytes[request]! >= 0xa0 && bytes[request]! <= 0xa8);
}

export function readSnmp(bytes: Uint8Array, start: number, end: number): Facts {
  const at = versionAt(bytes, start, end);
  const version = at < 0 ? -1 : bytes[at]!;
  return version < 0
    ? {}
    : { detail: version === 3 ? "version 3" : version === 1 ? "version 2c" : "version 1" };
}

/** The place of the version's value, with at least one byte behind it; -1 where there is none. */
function versionAt(bytes: Uint8Array, start: number, end: number): number {
  if (start + 6 > end || bytes[start] !== sequence) return -1;
  const at = afterLength(bytes, start + 1, end);
  return at + 4 <= end && bytes[at] === 2 && bytes[at + 1] === 1 ? at + 2 : -1;
}

/** The place behind a length: one byte, or 0x80 + n and n bytes (X.690, section 8.1.3). */
function afterLength(bytes: Uint8Array, at: number, end: number): number {
  const first = at < end ? bytes[at]! : 0;
  return first < 0x80 ? at + 1 : at + 1 + Math.min(first & 0x7f, 4);
}

function lengthAt(bytes: Uint8Array, at: number, end: number): number {
  const behind = afterLength(bytes, at, end);
  if (behind > end) return 0;
  if (behind === at + 1) return bytes[at]!;
  let length = 0;
  for (let i = at + 1; i < behind; i++) length = length * 256 + bytes[i]!;
  return length;
}
