/** What controllers of access points carry: CAPWAP's data (RFC 5415) and LWAPP (RFC 5412). */
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

const nativeFrame = 0x01;
const isFragment = 0x80;
const keepsAlive = 0x08;
const control = 0x04;
/** Bytes of an 802.11 acknowledgement, without its check sequence. */
const shortestFrame = 10;

/**
 *      0                        1                                        3                  4
 *     | version 4, type 4      | length 5 in words, radio 5, binding 5, native T | F L W M K | fragment … |
 *     | as long as said | 802.11 where T, else Ethernet
 */
export function decodeCapwap(p: PacketCursor): number {
  if (!p.has(8) || (p.uint8(0) & 0x0f) !== 0) return next.none; // type 1 is DTLS
  const length = (p.uint8(1) >> 3) * 4;
  const isNative = p.uint8(2) & nativeFrame;
  const flags = p.uint8(3);
  if (length < 8) return p.malformed();
  if (flags & (keepsAlive | isFragment) || !p.has(length)) return next.none;
  p.at += length;
  return isNative ? next.swappedWlan : next.ethernet;
}

/**
 *      0                                            1          2        4
 *     | version 2, radio 3, control, fragment, last | fragment | length | signal, status | 802.11
 */
export function decodeLwapp(p: PacketCursor): number {
  if (!p.has(6) || p.uint8(0) & control) return next.none;
  p.at += 6;
  return p.wireEnd - p.at < shortestFrame ? next.none : next.wlan;
}
