/** ARP (RFC 826) and RARP (RFC 903). */
import { layerBit } from "./layers.ts";
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";
import { protocolId } from "./protocols.ts";

/**
 *      0               2               4            5            6
 *     | hardware type | protocol type | HW length  | P length   | operation | 2 × (HW address, P address)
 */
export function decodeArp(p: PacketCursor): number {
  p.enter(layerBit.arp, protocolId.arp);
  if (!p.has(8)) return next.none;
  const addresses = 2 * (p.bytes[p.at + 4]! + p.bytes[p.at + 5]!);
  p.has(8 + addresses);
  return next.none;
}
