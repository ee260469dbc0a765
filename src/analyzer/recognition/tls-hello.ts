/**
 * The hellos of TLS (RFC 8446, section 4.1), also where they end early: what stands in the bytes that are there
 * counts.
 *
 *      0      1            4         6           38
 *     | type | length u24 | version | random 32 | session id, length u8 |
 *     | cipher suites, length u16 | compression methods, length u8 |            client
 *     | cipher suite u16 | compression method u8 |                              server
 *     | extensions, length u16: type u16, length u16, data |
 */
import type { Facts } from "./facts.ts";
import { readName, uint16 } from "./read-bytes.ts";

const serverName = 0;
const applicationProtocols = 16;
const supportedVersions = 43;

/** Server name (RFC 6066, section 3) and the first application protocol (RFC 7301) of a client's hello. */
export function readClientHello(bytes: Uint8Array, start: number, end: number): Facts {
  const facts: Facts = {};
  let at = skipShort(bytes, start + 38, end);
  at = at + 2 > end ? end : at + 2 + uint16(bytes, at);
  at = skipShort(bytes, at, end) + 2;
  forEachExtension(bytes, at, end, (type, from, until) => {
    if (type === serverName && from + 5 <= until && bytes[from + 2] === 0) {
      const last = from + 5 + uint16(bytes, from + 3);
      if (last <= until) facts.name = readName(bytes, from + 5, last);
    }
    if (type === applicationProtocols && from + 3 <= until) {
      const last = from + 3 + bytes[from + 2]!;
      if (last <= until) facts.detail = readName(bytes, from + 3, last);
    }
  });
  if (facts.name === "") delete facts.name;
  return facts;
}

/** The version that a server chose, in words; undefined where the hello ends before it. */
export function readServerVersion(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (start + 39 > end) return undefined;
  let version = uint16(bytes, start + 4);
  // A hello of TLS 1.3 says 1.2 in its old place (section 4.2.1).
  forEachExtension(bytes, skipShort(bytes, start + 38, end) + 5, end, (type, from, until) => {
    if (type === supportedVersions && from + 2 <= until) version = uint16(bytes, from);
  });
  if (version === 0x0300) return "SSL 3.0";
  return version > 0x0300 && version <= 0x0304 ? `TLS 1.${(version & 255) - 1}` : undefined;
}

/** Passes over what stands behind its length in one byte. */
function skipShort(bytes: Uint8Array, at: number, end: number): number {
  return at >= end ? end : at + 1 + bytes[at]!;
}

/** Calls `see` with the type and the range of data of each extension that begins before `end`. */
function forEachExtension(
  bytes: Uint8Array,
  start: number,
  end: number,
  see: (type: number, from: number, until: number) => void,
): void {
  let at = start;
  while (at + 4 <= end) {
    const from = at + 4;
    const until = from + uint16(bytes, at + 2);
    see(uint16(bytes, at), from, Math.min(until, end));
    at = until;
  }
}
