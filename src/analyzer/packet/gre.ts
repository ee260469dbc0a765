/** GRE (RFC 2784, 2890), with the routes of RFC 1701 and PPTP's version 1 (RFC 2637); ERSPAN in it. */
import { layerBit } from "./layers.ts";
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";
import { nextOfEtherType } from "./ether-type.ts";

const hasChecksum = 0x8000;
const hasRoute = 0x4000;
const hasKey = 0x2000;
const hasSequence = 0x1000;
const hasAcknowledgement = 0x0080;

const wccp = 0x883e;
const erspan = 0x88be;
const erspan3 = 0x22eb;

/**
 *      0                                   2
 *     | flags C R K S, version 3 bits     | protocol |
 *     | C or R: checksum, offset | K: key | S: sequence | A: acknowledgement | 4 bytes each; R: routes
 */
export function decodeGre(p: PacketCursor): number {
  p.layers |= layerBit.gre;
  // In UDP (RFC 8086) that is the transport.
  const isTransport = p.transport === 0;
  if (isTransport) p.enterTransport(47, 4);
  if (!p.has(4)) return next.none;
  const flags = p.uint16(0);
  const protocol = p.uint16(2);
  let length = 4;
  if (flags & (hasChecksum | hasRoute)) length += 4;
  if (flags & hasKey) length += 4;
  if (flags & hasSequence) length += 4;
  if (flags & hasAcknowledgement) length += 4;
  if (!p.has(length)) return next.none;
  p.at += length;
  if (flags & hasRoute && !skipRoutes(p)) return next.none;
  if (isTransport) p.setPayload(0);
  if (p.at >= p.wireEnd) return next.none;
  if (protocol === erspan && !(flags & hasSequence)) return next.ethernet;
  return nextOfGreProtocol(p, protocol);
}

/** Also of Linux's cooked captures of a GRE interface. */
export function nextOfGreProtocol(p: PacketCursor, protocol: number): number {
  switch (protocol) {
    case wccp:
      return afterRedirect(p);
    case erspan:
    case erspan3:
      return afterErspan(p);
    case 0x880b: // PPTP
      return next.pppFrame;
    case 0x6400: // Cisco's and others' Ethernet
    case 0x6558:
      return next.ethernet;
    case 0x6559:
      return next.frameRelay;
    case 0x0800:
    case 0x86dd:
    case 0x0806:
    case 0x8847:
    case 0x8848:
    case 0x894f:
      return nextOfEtherType(p, protocol);
    case 0x8909:
      return afterMetadata(p);
    default:
      return isAruba(protocol) ? next.wlan : next.none;
  }
}

/** One of the numbers under which Aruba's access points send 802.11. */
function isAruba(protocol: number): boolean {
  return protocol >= 0x8200 && protocol <= 0x8370 && (protocol & 0x0f) === 0;
}

/**
 *      0                 2        3
 *     | address family  | offset | length | address …      the last has length 0
 */
function skipRoutes(p: PacketCursor): boolean {
  for (;;) {
    if (!p.has(4)) return false;
    const length = p.uint8(3);
    p.at += 4;
    if (length === 0) return true;
    if (!p.has(length)) return false;
    p.at += length;
  }
}

/** WCCP version 2 puts 4 bytes before the packet, version 1 none. */
function afterRedirect(p: PacketCursor): number {
  if (p.at < p.end && p.uint8(0) >> 4 === 4) return next.ipv4;
  if (!p.has(4)) return next.none;
  p.at += 4;
  return next.ipv4;
}

/**
 * Cisco's metadata; on Ethernet the type stands behind it.
 *
 *      0            2         3        4       6
 *     | EtherType  | version | length | option | security group | packet
 */
function afterMetadata(p: PacketCursor): number {
  if (!p.has(8)) return next.none;
  p.at += 8;
  return nextOfEtherType(p, p.uint16(-8));
}

/**
 * ERSPAN (draft-foschiano-erspan-03), type II and III.
 *
 *      0                     2                    4                          8
 *     | version 4, VLAN 12  | class, session 10  | II: index; III: time     | III: group, frame type, … |
 */
function afterErspan(p: PacketCursor): number {
  if (!p.has(8)) return next.none;
  const version = p.uint8(0) >> 4;
  if (version === 1) {
    p.at += 8;
    return next.ethernet;
  }
  if (version !== 2 || !p.has(12)) return next.none;
  const kind = p.uint16(10);
  const length = kind & 1 ? 20 : 12; // a platform's own 8 bytes
  if (!p.has(length)) return next.none;
  p.at += length;
  const frameType = (kind >> 10) & 0x1f;
  return frameType === 0 ? next.ethernet : frameType === 2 ? next.rawIp : next.none;
}
