/** IP protocol numbers (https://www.iana.org/assignments/protocol-numbers) to the header that follows. */
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

/** Answers which header comes next, and leaves the kind of an extension header in the cursor. */
export function nextOfIpProtocol(p: PacketCursor, protocol: number): number {
  switch (protocol) {
    case 1:
      return next.icmp;
    case 2:
      return next.igmp;
    case 4:
      return next.ipv4;
    case 6:
      return next.tcp;
    case 17:
      return next.udp;
    case 41:
      return next.ipv6;
    case 47:
      return next.gre;
    case 51:
      return next.authentication;
    case 58:
      return next.icmpv6;
    case 97:
      return next.etherIp;
    case 103:
      return next.pim;
    case 132:
      return next.sctp;
    case 137: // MPLS in IP (RFC 4023)
      return next.mpls;
    case 143: // Ethernet inside a segment routing header (RFC 8986)
      return next.ethernet;
    case 0: // hop-by-hop options
    case 43: // routing
    case 44: // fragment
    case 60: // destination options
    case 140: // shim6
      p.argument = protocol;
      return next.ipv6Extension;
    case 59: // nothing
      return next.none;
    default:
      p.argument = protocol;
      return next.otherTransport;
  }
}
