/** Captures that begin with the IP header. */
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

/** By the first nibble: IPv4 or IPv6. Some drivers leave the header of PPP there. */
export function decodeRawIp(p: PacketCursor): number {
  if (!p.has(1)) return next.none;
  if (p.uint8(0) === 0xff) return next.pppFrame;
  const version = nextOfIpVersion(p);
  return version === next.none ? p.malformed() : version;
}

/** IPv4, IPv6, or none of them, by the first nibble. */
export function nextOfIpVersion(p: PacketCursor): number {
  if (p.at >= p.end) return next.none;
  const version = p.uint8(0) >> 4;
  return version === 4 ? next.ipv4 : version === 6 ? next.ipv6 : next.none;
}
