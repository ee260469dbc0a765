/** VXLAN (RFC 7348) and its generic extension (draft-ietf-nvo3-vxlan-gpe). */
import { layerBit } from "./layers.ts";
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";
import { nextOfServiceProtocol } from "./service-header.ts";

/**
 *      0                   1          4                 7
 *     | flags, 08: valid  | reserved | network 3 bytes | reserved | Ethernet
 */
export function decodeVxlan(p: PacketCursor): number {
  p.layers |= layerBit.vxlan;
  if (!p.has(8)) return next.none;
  p.at += 8;
  return next.ethernet;
}

/**
 *      0        1          3           4                 7
 *     | flags  | reserved | protocol  | network 3 bytes | reserved | packet
 */
export function decodeVxlanGpe(p: PacketCursor): number {
  p.layers |= layerBit.vxlan;
  if (!p.has(8)) return next.none;
  p.at += 8;
  return nextOfServiceProtocol(p.uint8(-5));
}
