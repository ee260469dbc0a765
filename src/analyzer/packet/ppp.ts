/** PPP (RFC 1661), in HDLC's frames (RFC 1662), with multilink (RFC 1990) and bridging (RFC 3518). */
import { layerBit } from "./layers.ts";
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

/**
 * A frame whose address and control may have been left out. Cisco's framing shows by its address.
 *
 *      0             1            2
 *     | address ff  | control 03 | protocol …
 */
export function decodePppFrame(p: PacketCursor): number {
  p.layers |= layerBit.ppp;
  if (p.at < p.end) {
    const address = p.uint8(0);
    if (address === 0x0f || address === 0x8f) return next.ciscoHdlc;
    if (address === 0xff) {
      if (!p.has(2)) return next.none;
      p.at += 2;
    }
  }
  return next.ppp;
}

/**
 *      0
 *     | protocol: 1 byte if that is odd, else 2 | information …
 */
export function decodePpp(p: PacketCursor): number {
  p.layers |= layerBit.ppp;
  if (!p.has(1)) return next.none;
  const isShort = (p.uint8(0) & 1) === 1;
  if (!isShort && !p.has(2)) return next.none;
  const protocol = isShort ? p.uint8(0) : p.uint16(0);
  p.at += isShort ? 1 : 2;
  switch (protocol) {
    case 0x0021:
    case 0x0800:
      return next.ipv4;
    case 0x0057:
    case 0x86dd:
      return next.ipv6;
    case 0x0281:
    case 0x0283:
      return next.mpls;
    case 0x004b: // SNA over 802.2
      return next.llc;
    case 0x0031:
      return afterBridging(p);
    case 0x003d:
      return afterMultilink(p);
    default:
      return next.none;
  }
}

/**
 *      0                                  1
 *     | flags 4 bits, pads 4 bits        | MAC type: 1 is Ethernet | pads | frame
 */
function afterBridging(p: PacketCursor): number {
  if (!p.has(2) || p.uint8(1) !== 1) return next.none;
  p.at += 2 + (p.uint8(0) & 0x0f);
  return next.ethernet;
}

/**
 *      0                                                   4
 *     | begin 1 bit, end 1 bit, 0 6 bits, sequence 3 bytes | PPP, whole only where both bits are set
 */
function afterMultilink(p: PacketCursor): number {
  if (!p.has(4) || p.uint8(0) >> 6 !== 3) return next.none;
  p.at += 4;
  return next.ppp;
}
