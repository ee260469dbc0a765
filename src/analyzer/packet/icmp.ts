/** ICMP (RFC 792) and ICMPv6 (RFC 4443). Errors quote the packet they are about. */
import { layerBit } from "./layers.ts";
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";
import { protocolId } from "./protocols.ts";

const redirect = 137;
const redirectedHeader = 4;

/**
 *      0      1      2          4               8
 *     | type | code | checksum | depends       | errors: the packet in question, as far as it fits |
 */
export function decodeIcmp(p: PacketCursor): number {
  p.enter(layerBit.icmp, protocolId.icmp);
  p.enterTransport(1, 8);
  if (!p.has(8)) return next.none;
  p.setPayload(8);
  switch (p.bytes[p.at]) {
    case 3: // destination unreachable
    case 4: // source quench
    case 5: // redirect
    case 11: // time exceeded
    case 12: // parameter problem
      return quotedPacket(p, next.ipv4);
    default:
      return next.none;
  }
}

/** The same header; types 1 to 4 are the errors that quote a packet (RFC 4443, section 2.1). */
export function decodeIcmpv6(p: PacketCursor): number {
  p.enter(layerBit.icmpv6, protocolId.icmpv6);
  p.enterTransport(58, 8);
  if (!p.has(4)) return next.none;
  const type = p.bytes[p.at]!;
  p.setPayload(p.at + 8 <= p.end ? 8 : 4);
  if (type === redirect) return redirectedPacket(p);
  return type >= 1 && type <= 4 && p.has(8) ? quotedPacket(p, next.ipv6) : next.none;
}

/**
 * A redirect's options, one of which quotes the packet (RFC 4861, sections 4.5 and 4.6.3).
 *
 *      0      1                   8          40
 *     | type | length in 8 bytes | content |      options begin behind two addresses
 */
function redirectedPacket(p: PacketCursor): number {
  if (!p.has(40)) return next.none;
  p.at += 40;
  while (p.at + 8 <= p.end) {
    const length = p.uint8(1) * 8;
    if (length === 0) return next.none;
    if (p.uint8(0) === redirectedHeader) return quotedPacket(p, next.ipv6);
    p.at += length;
  }
  return next.none;
}

function quotedPacket(p: PacketCursor, header: number): number {
  p.at += 8;
  if (p.at >= p.end) return next.none;
  p.quoted = true;
  return header;
}
