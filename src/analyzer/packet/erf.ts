/** Endace's records (https://wiki.wireshark.org/ERF). */
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

const hasExtension = 0x80;
const ethernetTypes = new Set([2, 11, 16, 20]);
const hdlcTypes = new Set([1, 10, 15, 17]);

/**
 *      0      8                     9       10       12             14
 *     | time | extended 1, type 7  | flags | length | lost, colour | length on the wire |
 *     | extensions 8 bytes each, extended 1 | Ethernet: offset, pad | frame
 */
export function decodeErf(p: PacketCursor): number {
  if (!p.has(16)) return next.none;
  const type = p.uint8(8) & 0x7f;
  let isExtended = p.uint8(8) & hasExtension;
  p.at += 16;
  while (isExtended) {
    if (!p.has(8)) return next.none;
    isExtended = p.uint8(0) & hasExtension;
    p.at += 8;
  }
  if (hdlcTypes.has(type)) return next.pppFrame;
  if (!ethernetTypes.has(type) || !p.has(2)) return next.none;
  p.at += 2;
  return next.ethernet;
}
