/** Ethernet (IEEE 802.3), and Cisco's ISL around it. */
import { largestLlcLength, nextOfEtherType } from "./ether-type.ts";
import { layerBit } from "./layers.ts";
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

/** Destination, source, length, SNAP, organisation, VLAN, index and reserved bits of ISL. */
const islBytes = 26;

/**
 *      0                 6                 12
 *     | destination MAC | source MAC      | type or length |
 */
export function decodeEthernet(p: PacketCursor): number {
  if (p.layers === 0 && p.at + 12 <= p.end) p.linkStart = p.at;
  p.layers |= layerBit.ethernet;
  if (!p.has(14)) return next.none;
  const type = p.uint16(12);
  if (type <= largestLlcLength && isIsl(p) && p.has(islBytes)) {
    p.at += islBytes;
    return next.ethernet;
  }
  p.at += 14;
  // 0 is no length that a frame has, but what some drivers write.
  return type === 0 ? next.none : afterEtherType(p, type);
}

/** What follows an EtherType that may be the length of an LLC frame instead. */
export function afterEtherType(p: PacketCursor, type: number): number {
  if (type > largestLlcLength) return nextOfEtherType(p, type);
  // ff ff is Novell's IPX right behind the length, without LLC.
  if (p.at + 2 <= p.end && p.uint16(0) === 0xffff) return next.none;
  p.narrow(type);
  return next.llc;
}

/** Whether the destination is the multicast address that begins ISL, 01:00:0c:00:00 or 03:00:0c:00:00. */
function isIsl(p: PacketCursor): boolean {
  const first = p.uint8(0);
  return (first === 1 || first === 3) && p.uint16(1) === 0x000c && p.uint16(3) === 0;
}
