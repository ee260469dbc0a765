/** Teredo (RFC 4380): IPv6 in UDP. */
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

/**
 *      0       2           3            4
 *     | 00 01 | length of id | of value | id, value, nonce 8 bytes, confirmation |    authentication
 *     | 00 00 | port        | address 4 bytes |                                       origin
 *     | IPv6
 */
export function decodeTeredo(p: PacketCursor): number {
  if (!p.has(2)) return next.none;
  if (p.uint16(0) === 1) {
    if (!p.has(4)) return next.none;
    const length = 13 + p.uint8(2) + p.uint8(3);
    if (!p.has(length + 2)) return next.none;
    p.at += length;
  }
  if (p.uint16(0) === 0) {
    if (!p.has(9)) return next.none;
    p.at += 8;
  }
  return p.at < p.end && p.uint8(0) >> 4 === 6 ? next.ipv6 : next.none;
}
