/** VLAN tags, and tags of others that end with an EtherType as they do. */
import { afterEtherType } from "./ethernet.ts";
import { nextOfEtherType } from "./ether-type.ts";
import { layerBit } from "./layers.ts";
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

/**
 *      0                                        2
 *     | priority 3 bits, drop 1 bit, VLAN 12   | type or length |
 */
export function decodeVlan(p: PacketCursor): number {
  p.layers |= layerBit.vlan;
  if (!p.has(4)) return next.none;
  const type = p.uint16(2);
  p.at += 4;
  return afterEtherType(p, type);
}

/**
 *      0                        argument
 *     | what the tag is for … | EtherType |
 */
export function decodeTag(p: PacketCursor): number {
  const before = p.argument;
  if (!p.has(before + 2)) return next.none;
  const type = p.uint16(before);
  p.at += before + 2;
  return nextOfEtherType(p, type);
}

/**
 * When Arista's switches saw the frame.
 *
 *      0        2                                        4
 *     | kind 1 | version: 10 is 64 bits, 20 is 48 bits  | time 8 or 6 bytes | type or length |
 */
export function decodeAristaTime(p: PacketCursor): number {
  if (!p.has(4)) return next.none;
  const version = p.uint8(3);
  if (version !== 0x10 && version !== 0x20) return next.none;
  p.argument = version === 0x10 ? 12 : 10;
  return decodeTag(p);
}
