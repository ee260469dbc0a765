/** GTP's user plane, version 1 (3GPP TS 29.281) and 0 (TS 09.60). */
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

const userData = 255;
const isGtp = 0x10;
const hasExtensions = 4;
const hasOptions = 7;

/**
 *      0                                           1      2        4
 *     | version 3, GTP 1, 0, extension, sequence, N-PDU | type | length | tunnel 4 bytes |
 *     | if any of the last three: sequence 2 bytes, N-PDU, next extension | extensions | packet
 */
export function decodeGtp(p: PacketCursor): number {
  if (!p.has(8) || p.uint8(1) !== userData) return next.none;
  const flags = p.uint8(0);
  const version = flags >> 5;
  if (version === 0) {
    if (!p.has(20)) return next.none;
    p.at += 20;
    return afterTunnel(p);
  }
  if (version !== 1 || !(flags & isGtp)) return next.none;
  const length = flags & hasOptions ? 12 : 8;
  if (!p.has(length)) return next.none;
  p.at += length;
  if (flags & hasExtensions && !skipExtensions(p)) return next.none;
  return afterTunnel(p);
}

/**
 *      0                    1               4 × length - 1
 *     | length in words    | content …     | next extension, 0: none |
 */
function skipExtensions(p: PacketCursor): boolean {
  while (p.uint8(-1) !== 0) {
    if (!p.has(1)) return false;
    const length = p.uint8(0) * 4;
    if (length === 0 || !p.has(length)) return false;
    p.at += length;
  }
  return true;
}

/** Nothing says what is carried: IPv4 with a header of 20 to 56 bytes, IPv6, or else PPP. */
function afterTunnel(p: PacketCursor): number {
  if (p.at >= p.end) return next.none;
  const first = p.uint8(0);
  if (first >= 0x45 && first <= 0x4e) return next.ipv4;
  return first >> 4 === 6 ? next.ipv6 : next.pppFrame;
}
