/** Cisco's HDLC framing, whose protocols are EtherTypes. */
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

/**
 *      0                  1         2
 *     | address 0f or 8f | control | protocol |
 */
export function decodeCiscoHdlc(p: PacketCursor): number {
  if (!p.has(4)) return next.none;
  p.at += 4;
  return nextOfHdlcProtocol(p.uint16(-2));
}

/** Also where frame relay carries such protocols. */
export function nextOfHdlcProtocol(protocol: number): number {
  switch (protocol) {
    case 0x0800:
      return next.ipv4;
    case 0x86dd:
      return next.ipv6;
    case 0x8847:
    case 0x8848:
      return next.mpls;
    case 0x6558:
      return next.ethernet;
    default:
      return next.none; // 0x8035 is SLARP here, and not RARP
  }
}
