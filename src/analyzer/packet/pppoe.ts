/** PPP over Ethernet (RFC 2516), discovery and session. */
import { layerBit } from "./layers.ts";
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

/**
 *      0                     1      2         4
 *     | version 1, type 1   | code | session | length | tags, or PPP from its protocol on
 */
export function decodePppoeDiscovery(p: PacketCursor): number {
  return decodeHeader(p, next.none);
}

export function decodePppoeSession(p: PacketCursor): number {
  return decodeHeader(p, next.ppp);
}

function decodeHeader(p: PacketCursor, following: number): number {
  p.layers |= layerBit.pppoe;
  if (!p.has(6)) return next.none;
  const length = p.uint16(4);
  p.at += 6;
  p.narrow(length);
  return following;
}
