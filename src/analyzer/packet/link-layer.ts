/**
 * The first header of a packet, by the link type of its interface. Link types that are not here count as
 * volume only.
 */
import { linkType } from "../capture/link-types.ts";
import { decodeEthernet } from "./ethernet.ts";
import { nextOfEtherType } from "./ether-type.ts";
import { packetFlag } from "./decoded-columns.ts";
import { next, type PacketCursor } from "./packet-cursor.ts";

/** Decodes the link layer, and answers which header comes next. */
export function decodeLinkLayer(p: PacketCursor, type: number): number {
  switch (type) {
    case linkType.ethernet:
      return decodeEthernet(p);
    case linkType.null:
    case linkType.loop:
      return decodeLoopback(p);
    case linkType.raw:
    case linkType.rawBsd:
    case linkType.rawOpenBsd:
      return next.rawIp;
    case linkType.raw4:
      return next.ipv4;
    case linkType.raw6:
      return next.ipv6;
    case linkType.sll:
      return decodeSll(p);
    case linkType.sll2:
      return decodeSll2(p);
    default:
      p.flags |= packetFlag.undecoded;
      return next.none;
  }
}

/** Whether the first nibble of a raw packet says IPv4 or IPv6. */
export function decodeRawIp(p: PacketCursor): number {
  if (!p.has(1)) return next.none;
  const version = p.bytes[p.at]! >> 4;
  return version === 4 ? next.ipv4 : version === 6 ? next.ipv6 : p.malformed();
}

/**
 * BSD loopback: the address family, in the byte order of the machine (null) or of the network (loop).
 *
 *      0
 *     | 2: IPv4; 10, 24, 28 or 30: IPv6 | packet
 */
function decodeLoopback(p: PacketCursor): number {
  if (!p.has(4)) return next.none;
  const high = p.uint16(0);
  const low = p.uint16(2);
  const family = high === 0 ? low : low === 0 ? ((high & 0xff) << 8) | (high >> 8) : 0;
  p.at += 4;
  if (family === 2) return next.ipv4;
  return family === 10 || family === 24 || family === 28 || family === 30 ? next.ipv6 : next.none;
}

/** Hardware types of Linux whose protocol field is no EtherType: netlink and Wi-Fi. */
function isOddHardware(arphrd: number): boolean {
  return arphrd === 824 || (arphrd >= 801 && arphrd <= 803);
}

/**
 * Linux cooked capture (https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html).
 *
 *      0             2               4                6                 14
 *     | packet type | hardware type | address length | address 8 bytes | protocol |
 */
function decodeSll(p: PacketCursor): number {
  if (!p.has(16)) return next.none;
  const hardware = p.uint16(2);
  const protocol = p.uint16(14);
  p.at += 16;
  return isOddHardware(hardware) ? next.none : afterCookedProtocol(protocol);
}

/**
 * Linux cooked capture, version 2 (https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL2.html).
 *
 *      0          2          4           8               10            11               12
 *     | protocol | reserved | interface | hardware type | packet type | address length | address 8 bytes |
 */
function decodeSll2(p: PacketCursor): number {
  if (!p.has(20)) return next.none;
  const protocol = p.uint16(0);
  const hardware = p.uint16(8);
  p.at += 20;
  return isOddHardware(hardware) ? next.none : afterCookedProtocol(protocol);
}

/** Numbers below the EtherTypes are Linux's own: 4 is an LLC frame. */
function afterCookedProtocol(protocol: number): number {
  return protocol === 4 ? next.llc : nextOfEtherType(protocol);
}
