/** LLC (IEEE 802.2) and SNAP (RFC 1042). */
import { nextOfEtherType } from "./ether-type.ts";
import { layerBit } from "./layers.ts";
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

const snap = 0xaaaa;
const internet = 0x06;

/**
 *      0      1      2                      3                      6
 *     | DSAP | SSAP | control 1, 2 bytes   | organisation 3 bytes | type |   the last two: SNAP, aa aa
 */
export function decodeLlc(p: PacketCursor): number {
  p.layers |= layerBit.llc;
  if (!p.has(3)) return next.none;
  const saps = p.uint16(0);
  // Unnumbered frames, whose two lowest bits are set, have one byte of control.
  const headerLength = (p.uint8(2) & 3) === 3 ? 3 : 4;
  if (saps !== snap) {
    p.at += headerLength;
    return saps >> 8 === internet ? next.ipv4 : next.none;
  }
  if (!p.has(headerLength + 5)) return next.none;
  p.at += headerLength + 5;
  return afterSnap(p, (p.uint8(-5) << 16) | p.uint16(-4), p.uint16(-2));
}

/** What follows an organisation and a type of its own; also in frame relay. */
export function afterSnap(p: PacketCursor, organisation: number, type: number): number {
  switch (organisation) {
    case 0x000000: // EtherTypes
    case 0x0000f8: // the same, over bridges that need another (IEEE 802.1H)
      return nextOfEtherType(p, type);
    case 0x0080c2: // bridged Ethernet, with its check sequence and without (RFC 2427, section 4.2)
      return type === 1 || type === 7 ? next.ethernet : next.none;
    default:
      return next.none;
  }
}
