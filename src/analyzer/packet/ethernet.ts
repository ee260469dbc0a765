/**
 * Ethernet and the tags and headers right behind it: IEEE 802.3, 802.1Q, 802.1ad (QinQ), 802.2 LLC and SNAP.
 */
import { largestLlcLength, nextOfEtherType } from "./ether-type.ts";
import { layerBit } from "./layers.ts";
import { next, type PacketCursor } from "./packet-cursor.ts";

/**
 *      0                 6                 12
 *     | destination MAC | source MAC      | type or length |
 */
export function decodeEthernet(p: PacketCursor): number {
  if (p.layers === 0 && p.at + 12 <= p.end) p.linkStart = p.at;
  p.layers |= layerBit.ethernet;
  if (!p.has(14)) return next.none;
  const type = p.uint16(12);
  p.at += 14;
  return afterType(p, type);
}

/**
 *      0                                        2
 *     | priority 3 bits, drop 1 bit, VLAN 12   | type or length |
 */
export function decodeVlan(p: PacketCursor): number {
  p.layers |= layerBit.vlan;
  if (!p.has(4)) return next.none;
  const type = p.uint16(2);
  p.at += 4;
  return afterType(p, type);
}

/**
 *      0      1      2         3                      6
 *     | DSAP | SSAP | control | organisation 3 bytes | type |   the last two only for SNAP: aa aa 03
 */
export function decodeLlc(p: PacketCursor): number {
  p.layers |= layerBit.llc;
  if (!p.has(3)) return next.none;
  const saps = p.uint16(0);
  if (saps === 0xaaaa && p.bytes[p.at + 2] === 0x03) {
    if (!p.has(8)) return next.none;
    const organisation = (p.bytes[p.at + 3]! << 16) | p.uint16(4);
    const type = p.uint16(6);
    p.at += 8;
    // 000000 is EtherTypes (RFC 1042), 0000f8 the same over bridges that need another (IEEE 802.1H).
    return organisation === 0 || organisation === 0x0000f8 ? nextOfEtherType(type) : next.none;
  }
  p.at += 3;
  return saps === 0x0606 ? next.ipv4 : next.none;
}

function afterType(p: PacketCursor, type: number): number {
  if (type > largestLlcLength) return nextOfEtherType(type);
  // ff ff is Novell's IPX right behind the length, without LLC.
  if (p.at + 2 <= p.end && p.uint16(0) === 0xffff) return next.none;
  p.narrow(type);
  return next.llc;
}
