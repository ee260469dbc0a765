/** L2TP version 2 (RFC 2661): PPP in UDP. */
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

const isControl = 0x8000;
const hasLength = 0x4000;
const hasSequence = 0x0800;
const hasOffset = 0x0200;

/**
 *      0                                         2
 *     | control, length, sequence, offset, version | L: length | tunnel | session | S: sent, received |
 *     | O: offset, padding | PPP
 */
export function decodeL2tp(p: PacketCursor): number {
  if (!p.has(6)) return next.none;
  const flags = p.uint16(0);
  if (flags & isControl || (flags & 0x0f) !== 2) return next.none;
  let length = 6;
  if (flags & hasLength) length += 2;
  if (flags & hasSequence) length += 4;
  if (flags & hasOffset) {
    if (!p.has(length + 2)) return next.none;
    length += 2 + p.uint16(length);
  }
  if (!p.has(length)) return next.none;
  p.at += length;
  return p.at < p.end ? next.pppFrame : next.none;
}
