/** EtherTypes (https://www.iana.org/assignments/ieee-802-numbers) to the header that follows them. */
import { layerBit } from "./layers.ts";
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

/** Values up to this are the length of an LLC frame instead (IEEE 802.3, section 3.2.6). */
export const largestLlcLength = 1500;

/** Answers which header comes next, and leaves the bytes of a tag in the cursor. */
export function nextOfEtherType(p: PacketCursor, type: number): number {
  switch (type) {
    case 0x0800:
    case 0xfff2: // IPv4 as some of Cisco's gear writes it
      return next.ipv4;
    case 0x86dd:
      return next.ipv6;
    case 0x0806:
    case 0x8035: // RARP, the same header
      return next.arp;
    case 0x8100: // 802.1Q
    case 0x9100: // QinQ before it was a standard
      return next.vlan;
    case 0x8847:
    case 0x8848: // MPLS, multicast
      return next.mpls;
    case 0x8863:
      return next.pppoeDiscovery;
    case 0x8864:
      return next.pppoeSession;
    case 0x6558: // transparent bridging (RFC 1701)
      return next.ethernet;
    case 0x8870: // LLC longer than its length field can tell
      return next.llc;
    case 0x88bb:
    case 0xbbbb:
      return next.lwapp;
    case 0x88e5:
      return next.macsec;
    case 0x894f:
      return next.serviceHeader;
    case 0x22f3:
      return next.trill;
    case 0xd28b:
      return next.aristaTime;
    case 0x8903: // FabricPath: 2 bytes, then Ethernet, which is EtherIP's shape
      return next.etherIp;
    case 0x890d: // what access points tell each other of their stations
      p.layers |= layerBit.wlan;
      return next.none;
    default:
      return nextOfTagType(p, type);
  }
}

/** Tags that end with the EtherType of what they precede; how many bytes stand before it. */
function nextOfTagType(p: PacketCursor, type: number): number {
  switch (type) {
    case 0x892f: // HSR (IEC 62439-3): path and size, sequence
    case 0xf1c1: // 802.1CB redundancy: reserved, sequence
    case 0x8926: // Cisco VN-Tag: direction, virtual interfaces
      p.argument = 4;
      return next.tag;
    case 0x893f: // 802.1BR E-Tag: priority, extended channels
    case 0x8909: // Cisco metadata: version, length, option, security group
      p.argument = 6;
      return next.tag;
    case 0x88a8: // 802.1ad: priority, VLAN
      p.layers |= layerBit.vlan;
      p.argument = 2;
      return next.tag;
    case 0x88e7: // 802.1ah: service, and the customer's two MAC addresses
      p.argument = 16;
      return next.tag;
    default:
      return next.none;
  }
}
