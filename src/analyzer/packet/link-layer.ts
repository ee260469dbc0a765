/**
 * The first header of a packet, by the link type of its interface (https://www.tcpdump.org/linktypes.html).
 * Link types that are not here count as volume only.
 */
import { linkType } from "../capture/link-types.ts";
import { decodeArcnet } from "./arcnet.ts";
import { packetFlag } from "./decoded-columns.ts";
import { decodeDocsis } from "./docsis.ts";
import { decodeErf } from "./erf.ts";
import { decodeEthernet } from "./ethernet.ts";
import { nextOfEtherType } from "./ether-type.ts";
import { decodeFrameRelay } from "./frame-relay.ts";
import { decodeJuniperEthernet } from "./juniper.ts";
import { decodeLlc } from "./llc.ts";
import { decodeEnc, decodeFilterLog, decodeLoopback } from "./loopback.ts";
import { next } from "./next-header.ts";
import { decodeNflog } from "./nflog.ts";
import type { PacketCursor } from "./packet-cursor.ts";
import { decodePktap } from "./pktap.ts";
import { decodePpp, decodePppFrame } from "./ppp.ts";
import { decodeAvs, decodePpi, decodePrism, decodeRadiotap } from "./radio-headers.ts";
import { decodeRawIp } from "./raw-ip.ts";
import { decodeFddi, decodeTokenRing } from "./rings.ts";
import { decodeSll, decodeSll2 } from "./sll.ts";
import { decodeWlan } from "./wlan.ts";

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
      return decodeRawIp(p);
    case linkType.raw4:
      return next.ipv4;
    case linkType.raw6:
      return next.ipv6;
    case linkType.sll:
      return decodeSll(p);
    case linkType.sll2:
      return decodeSll2(p);
    case 105:
      return decodeWlan(p);
    case 127:
      return decodeRadiotap(p);
    case 9: // PPP
    case 50: // PPP in HDLC
    case 204: // PPP behind a direction
      return decodePppFrame(p);
    default:
      return decodeRareLinkLayer(p, type);
  }
}

function decodeRareLinkLayer(p: PacketCursor, type: number): number {
  switch (type) {
    case 6:
      return decodeTokenRing(p);
    case 7:
      return decodeArcnet(p, 0);
    case 10:
      return decodeFddi(p);
    case 51: // PPPoE's session
      return next.pppoeSession;
    case 100: // ATM, with LLC (RFC 2684)
      return decodeLlc(p);
    case 104:
      return next.ciscoHdlc;
    case 19:
    case 106: // IP over ATM (RFC 1577)
      return next.ipv4;
    case 107:
      return decodeFrameRelay(p);
    case 109:
      return decodeEnc(p);
    case 117:
      return decodeFilterLog(p);
    case 119:
      return decodePrism(p);
    case 129:
      return decodeArcnet(p, 2);
    case 143:
      return decodeDocsis(p);
    case 149: // for private use; old macOS captured packet taps as this
    case 258:
      return decodePktap(p);
    case 163:
      return decodeAvs(p);
    case 166: // PPP as pppd gives it: a direction in place of the address
      return decodePppd(p);
    case 178:
      return decodeJuniperEthernet(p);
    case 192:
      return decodePpi(p);
    case 197:
      return decodeErf(p);
    case 226:
      return decodeIpnet(p);
    case 239:
      return decodeNflog(p);
    case 242:
      return decodeInfiniband(p);
    default:
      p.flags |= packetFlag.undecoded;
      return next.none;
  }
}

/**
 *      0            1
 *     | direction  | control 03 | PPP
 */
function decodePppd(p: PacketCursor): number {
  if (!p.has(2)) return next.none;
  if (p.uint8(1) === 0x03) p.at += 2;
  return decodePpp(p);
}

/**
 * Solaris' IP layer.
 *
 *      0         1                          2      4        8           12          16
 *     | version | family: 2, 26 is IPv6    | hook | length | interface | its group | zones 8 bytes | packet
 */
function decodeIpnet(p: PacketCursor): number {
  if (!p.has(24)) return next.none;
  const family = p.uint8(1);
  p.at += 24;
  return family === 2 ? next.ipv4 : family === 26 ? next.ipv6 : next.none;
}

/**
 * IP over InfiniBand (RFC 4391).
 *
 *      0                                 40          42
 *     | global route header 40 bytes    | EtherType | reserved | packet
 */
function decodeInfiniband(p: PacketCursor): number {
  if (!p.has(44)) return next.none;
  p.at += 44;
  return nextOfEtherType(p, p.uint16(-4));
}
