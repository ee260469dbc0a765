/** Frame relay (ITU-T Q.922) with multiprotocol encapsulation (RFC 2427) or Cisco's. */
import { nextOfHdlcProtocol } from "./cisco-hdlc.ts";
import { afterSnap } from "./llc.ts";
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

const unnumbered = 0x03;

/**
 *      0                                     2               3
 *     | address: 2 to 4 bytes, last is odd  | control 03    | network protocol 1 byte …
 *     | address                             | EtherType, as Cisco does
 */
export function decodeFrameRelay(p: PacketCursor): number {
  let length = 2;
  while (length <= 4 && p.at + length <= p.end && (p.uint8(length - 1) & 1) === 0) length++;
  if (!p.has(length + 2)) return next.none;
  p.at += length;
  if (p.uint8(0) !== unnumbered) return afterAddress(p);
  // A zero may stand there to align what follows.
  const pad = p.uint8(1) === 0 ? 1 : 0;
  if (!p.has(2 + pad)) return next.none;
  p.at += 2 + pad;
  switch (p.uint8(-1)) {
    case 0xcc:
      return next.ipv4;
    case 0x8e:
      return next.ipv6;
    case 0xcf:
      return next.ppp;
    case 0x80:
      if (!p.has(5)) return next.none;
      p.at += 5;
      return afterSnap(p, (p.uint8(-5) << 16) | p.uint16(-4), p.uint16(-2));
    default:
      return next.none;
  }
}

/** An EtherType, or plain Ethernet, told by the zero that nearly all its addresses begin with. */
function afterAddress(p: PacketCursor): number {
  const header = nextOfHdlcProtocol(p.uint16(0));
  if (header === next.none) return p.uint8(0) === 0 ? next.ethernet : next.none;
  p.at += 2;
  return header;
}
