/** Geneve (RFC 8926). */
import { nextOfEtherType } from "./ether-type.ts";
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

/**
 *      0                                   1       2          4                 7
 *     | version 2, length of options 6    | flags | EtherType | network 3 bytes | reserved | options in words
 */
export function decodeGeneve(p: PacketCursor): number {
  if (!p.has(8)) return next.none;
  const length = 8 + (p.uint8(0) & 0x3f) * 4;
  const type = p.uint16(2);
  if (!p.has(length)) return next.none;
  p.at += length;
  return nextOfEtherType(p, type);
}
