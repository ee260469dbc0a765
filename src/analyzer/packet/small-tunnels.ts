/** Tunnels whose header is a fixed or told number of bytes and little else. */
import { nextOfIpVersion } from "./raw-ip.ts";
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

/**
 * LISP data (RFC 9300).
 *
 *      0                4
 *     | flags, nonce   | instance, status bits | IP
 */
export function decodeLisp(p: PacketCursor): number {
  if (!p.has(9)) return next.none;
  p.at += 8;
  return nextOfIpVersion(p);
}

/**
 * LISP's control messages (RFC 9301), of which one kind carries a packet.
 *
 *      0                          4
 *     | kind 4: 8, flags 28      | IP
 */
export function decodeLispControl(p: PacketCursor): number {
  if (!p.has(5) || p.uint8(0) >> 4 !== 8) return next.none;
  p.at += 4;
  return nextOfIpVersion(p);
}

/**
 * EtherIP (RFC 3378).
 *
 *      0
 *     | version 4, reserved 12 | Ethernet
 */
export function decodeEtherIp(p: PacketCursor): number {
  if (!p.has(2)) return next.none;
  p.at += 2;
  return next.ethernet;
}

/**
 * TRILL (RFC 6325).
 *
 *      0                                                2         4
 *     | version 2, reserved 2, multi 1, options 5, hops | egress | ingress | options in words | Ethernet
 */
export function decodeTrill(p: PacketCursor): number {
  if (!p.has(6)) return next.none;
  const length = 6 + ((p.uint16(0) >> 6) & 0x1f) * 4;
  if (!p.has(length)) return next.none;
  p.at += length;
  return next.ethernet;
}

/**
 * TZSP, which sniffers send: tag 0 is padding, tag 1 the end.
 *
 *      0         1      2
 *     | version | type | protocol: 1 Ethernet, 12 802.11 | tag, length, content … | frame
 */
export function decodeTzsp(p: PacketCursor): number {
  if (!p.has(4)) return next.none;
  const protocol = p.uint16(2);
  p.at += 4;
  for (;;) {
    if (!p.has(1)) return next.none;
    const tag = p.uint8(0);
    p.at++;
    if (tag === 1) break;
    if (tag === 0) continue;
    if (!p.has(1)) return next.none;
    p.at += 1 + p.uint8(0);
  }
  return protocol === 1 ? next.ethernet : protocol === 18 ? next.wlan : next.none;
}

/**
 * MACsec (IEEE 802.1AE). What is encrypted ends here.
 *
 *      0                               1              2             6
 *     | version, SCI, encrypted, changed … | short length | number | SCI 8 bytes | type | … | check 16
 */
export function decodeMacsec(p: PacketCursor): number {
  if (!p.has(6)) return next.none;
  const flags = p.uint8(0);
  const shortLength = p.uint8(1) & 0x3f;
  if (flags & 0x0c) return next.none;
  p.at += flags & 0x20 ? 14 : 6;
  if (shortLength !== 0) p.narrow(shortLength);
  else if (p.wireEnd - p.at > 16) p.narrow(p.wireEnd - p.at - 16);
  p.argument = 0;
  return next.tag;
}
