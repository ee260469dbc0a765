/** MPLS (RFC 3032), and what pseudowires put behind its labels (RFC 4385, RFC 4448). */
import { layerBit } from "./layers.ts";
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

const bottom = 1;

/**
 * Nothing says what follows the last label: it is guessed from the first bytes.
 *
 *      0                                            3
 *     | label 20, traffic class 3, bottom of stack 1 | TTL | … further labels, packet
 */
export function decodeMpls(p: PacketCursor): number {
  p.layers |= layerBit.mpls;
  if (!p.has(4)) return next.none;
  const isBottom = (p.uint8(2) & bottom) !== 0;
  p.at += 4;
  return isBottom ? afterLabels(p) : next.mpls;
}

function afterLabels(p: PacketCursor): number {
  if (p.at >= p.end) return next.none;
  switch (p.uint8(0) >> 4) {
    case 4:
      return next.ipv4;
    case 6:
      return next.ipv6;
    case 1:
      return afterAssociatedChannel(p);
    default:
      return afterPseudowire(p);
  }
}

/**
 *      0            1          2
 *     | 1, version | reserved | channel type | message
 */
function afterAssociatedChannel(p: PacketCursor): number {
  if (!p.has(4)) return next.none;
  p.at += 4;
  const type = p.uint16(-2);
  return type === 0x21 ? next.ipv4 : type === 0x57 ? next.ipv6 : next.none;
}

/**
 *      0            1                    2
 *     | 0, flags   | fragment, length   | sequence | Ethernet
 */
function afterPseudowire(p: PacketCursor): number {
  if (looksLikeEthernet(p, 0)) return next.ethernet;
  if (p.uint8(0) >> 4 !== 0 || !p.has(4)) return next.none;
  p.at += 4;
  return next.ethernet;
}

function looksLikeEthernet(p: PacketCursor, offset: number): boolean {
  if (p.at + offset + 14 > p.end) return false;
  const type = p.uint16(offset + 12);
  return type === 0x0800 || type === 0x86dd || type === 0x0806 || type === 0x8100;
}
