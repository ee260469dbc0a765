/** ARCNET: RFC 1201, where long packets are split, and the older RFC 1051. */
import { layerBit } from "./layers.ts";
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

const exception = 0xff;

/**
 *      0        1             2
 *     | source | destination | protocol | split flag | sequence u16 | packet      RFC 1201
 *     | source | destination | protocol | packet                                  RFC 1051
 *
 * Linux puts two bytes of offset before the protocol.
 */
export function decodeArcnet(p: PacketCursor, offsetBytes: 0 | 2): number {
  const length = 3 + offsetBytes;
  if (!p.has(length)) return next.none;
  const protocol = p.uint8(length - 1);
  p.at += length;
  switch (protocol) {
    case 240:
      return next.ipv4;
    case 241:
      return next.arp;
    case 212:
      return afterSplit(p, next.ipv4);
    case 213:
    case 214:
      return afterSplit(p, next.arp);
    case 196:
      return afterSplit(p, next.ipv6);
    case 205:
      p.layers |= layerBit.llc;
      return next.none;
    default:
      return next.none;
  }
}

function afterSplit(p: PacketCursor, header: number): number {
  if (!p.has(3)) return next.none;
  const flag = p.uint8(0);
  // Odd flags but 1 begin a packet in several frames; the others go on with one.
  const length = flag === exception ? 7 : 3;
  if (!p.has(length)) return next.none;
  p.at += length;
  return flag === 0 || flag === exception || flag & 1 ? header : next.none;
}
