/** The network service header (RFC 8300). */
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

/**
 *      0                               2                    3           4                        8
 *     | version 2, O 1, U 1, TTL 6, length 6 in words      | MD type   | protocol | path, index | context …
 */
export function decodeServiceHeader(p: PacketCursor): number {
  if (!p.has(8)) return next.none;
  const length = (p.uint8(1) & 0x3f) * 4;
  const protocol = p.uint8(3);
  if (length < 8) return p.malformed();
  if (!p.has(length)) return next.none;
  p.at += length;
  return nextOfServiceProtocol(protocol);
}

/** The protocols of this header and of VXLAN's generic extension. */
export function nextOfServiceProtocol(protocol: number): number {
  switch (protocol) {
    case 1:
      return next.ipv4;
    case 2:
      return next.ipv6;
    case 3:
      return next.ethernet;
    case 4:
      return next.serviceHeader;
    case 5:
      return next.mpls;
    default:
      return next.none;
  }
}
