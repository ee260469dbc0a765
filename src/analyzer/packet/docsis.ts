/** Cable modems: DOCSIS (ANSI/SCTE 22-1, section 6). */
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

/**
 *      0                                                1                        2
 *     | kind 2: 0 is a packet, parameter 5, extended 1 | length of extension    | length |
 *     | extension | check 2 bytes | Ethernet
 */
export function decodeDocsis(p: PacketCursor): number {
  if (!p.has(6)) return next.none;
  const control = p.uint8(0);
  const length = 6 + (control & 1 ? p.uint8(1) : 0);
  if (control >> 6 !== 0 || !p.has(length)) return next.none;
  p.at += length;
  return p.at < p.end ? next.ethernet : next.none;
}
