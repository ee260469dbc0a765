/** FDDI and token ring (IEEE 802.5): LLC behind two addresses. */
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

const hasRoute = 0x80;

/**
 *      0               1             7
 *     | frame control | destination | source 6 bytes | LLC …
 */
export function decodeFddi(p: PacketCursor): number {
  if (!p.has(13)) return next.none;
  const isLlc = (p.uint8(0) & 0xf0) === 0x50;
  p.at += 13;
  return isLlc ? next.llc : next.none;
}

/**
 *      0                1               2             8
 *     | access control | frame control | destination | source 6 bytes | route: up to 30 bytes | LLC …
 */
export function decodeTokenRing(p: PacketCursor): number {
  if (!p.has(14)) return next.none;
  const isLlc = p.uint8(1) >> 6 === 1;
  const isRouted = p.uint8(8) & hasRoute;
  p.at += 14;
  if (!isLlc) return next.none;
  if (isRouted) {
    if (!p.has(2)) return next.none;
    p.at += p.uint8(0) & 0x1f;
  }
  return next.llc;
}
