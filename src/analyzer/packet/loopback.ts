/** BSD loopback (https://www.tcpdump.org/linktypes.html, NULL and LOOP), and OpenBSD's two of its kind. */
import { largestLlcLength, nextOfEtherType } from "./ether-type.ts";
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

/**
 * The address family stands in the byte order of the machine (null) or of the network (loop); some write an
 * EtherType or PPP instead.
 *
 *      0
 *     | 2: IPv4; 24, 28 or 30: IPv6 | packet
 */
export function decodeLoopback(p: PacketCursor): number {
  if (!p.has(4)) return next.none;
  const high = p.uint16(0);
  if (high === 0xff03) return next.pppFrame;
  const low = p.uint16(2);
  p.at += 4;
  if (high !== 0 && low !== 0) return next.none;
  const value = high === 0 ? low : ((high & 0xff) << 8) | (high >> 8);
  if (value > largestLlcLength) return nextOfEtherType(p, value);
  return nextOfFamily((value & 0xff) === 0 ? value >> 8 : value);
}

/**
 * OpenBSD's packet filter log.
 *
 *      0        1        2        3
 *     | length | family | action | reason, interface, rule … | padding to 4 bytes | packet
 */
export function decodeFilterLog(p: PacketCursor): number {
  if (!p.has(4)) return next.none;
  const length = (p.uint8(0) + 3) & ~3;
  const family = p.uint8(1);
  if (!p.has(length)) return next.none;
  p.at += length;
  return nextOfFamily(family);
}

/**
 * OpenBSD's IPsec pseudo interface.
 *
 *      0                               4     8
 *     | family, the machine's order   | SPI | flags | packet
 */
export function decodeEnc(p: PacketCursor): number {
  if (!p.has(12)) return next.none;
  const family = p.uint8(0) | p.uint8(3);
  p.at += 12;
  return nextOfFamily(family);
}

/** IPv6 has another number in each BSD. */
function nextOfFamily(family: number): number {
  return family === 2 ? next.ipv4 : family === 24 || family === 28 || family === 30 ? next.ipv6 : next.none;
}
