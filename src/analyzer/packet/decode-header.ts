/** Headers by number: the switch that the hot path turns on. */
import { maxHeaders } from "../limits.ts";
import { decodeArp } from "./arp.ts";
import { decodeAyiya } from "./ayiya.ts";
import { decodeCapwap, decodeLwapp } from "./capwap.ts";
import { decodeCiscoHdlc } from "./cisco-hdlc.ts";
import { decodeEthernet } from "./ethernet.ts";
import { decodeFrameRelay } from "./frame-relay.ts";
import { decodeGeneve } from "./geneve.ts";
import { decodeGre } from "./gre.ts";
import { decodeGtp } from "./gtp.ts";
import { decodeIcmp, decodeIcmpv6 } from "./icmp.ts";
import { decodeIgmp } from "./igmp.ts";
import { decodeAuthentication, decodeIpv4 } from "./ipv4.ts";
import { decodeIpv6, decodeIpv6Extension } from "./ipv6.ts";
import { decodeJuniperMirror } from "./juniper.ts";
import { decodeL2tp } from "./l2tp.ts";
import { decodeLinkLayer } from "./link-layer.ts";
import { decodeLlc } from "./llc.ts";
import { decodeMpls } from "./mpls.ts";
import { next } from "./next-header.ts";
import { decodeOtherTransport } from "./other-transport.ts";
import type { PacketCursor } from "./packet-cursor.ts";
import { decodePim } from "./pim.ts";
import { decodePpp, decodePppFrame } from "./ppp.ts";
import { decodePppoeDiscovery, decodePppoeSession } from "./pppoe.ts";
import { decodeRawIp } from "./raw-ip.ts";
import { decodeSctp } from "./sctp.ts";
import { decodeServiceHeader } from "./service-header.ts";
import {
  decodeEtherIp,
  decodeLisp,
  decodeLispControl,
  decodeMacsec,
  decodeTrill,
  decodeTzsp,
} from "./small-tunnels.ts";
import { decodeTcp } from "./tcp.ts";
import { decodeSflow } from "./sflow.ts";
import { decodeTeredo } from "./teredo.ts";
import { decodeUdp } from "./udp.ts";
import { decodeAristaTime, decodeTag, decodeVlan } from "./vlan.ts";
import { decodeVxlan, decodeVxlanGpe } from "./vxlan.ts";
import { decodePaddedWlan, decodeSwappedWlan, decodeWlan } from "./wlan.ts";

/** Decodes `header` and those inside it, as many as are followed in one packet. */
export function decodeHeaders(p: PacketCursor, header: number): void {
  let following = header;
  for (let left = maxHeaders; following !== next.none && left > 0; left--)
    following = decodeHeader(p, following);
}

/** Decodes the header that stands at the cursor, and answers which one comes after it. */
export function decodeHeader(p: PacketCursor, header: number): number {
  switch (header) {
    case next.ipv4:
      return decodeIpv4(p);
    case next.tcp:
      return decodeTcp(p);
    case next.udp:
      return decodeUdp(p);
    case next.ipv6:
      return decodeIpv6(p);
    case next.vlan:
      return decodeVlan(p);
    case next.arp:
      return decodeArp(p);
    case next.icmp:
      return decodeIcmp(p);
    case next.icmpv6:
      return decodeIcmpv6(p);
    case next.igmp:
      return decodeIgmp(p);
    case next.sctp:
      return decodeSctp(p);
    case next.llc:
      return decodeLlc(p);
    case next.ethernet:
      return decodeEthernet(p);
    case next.rawIp:
      return decodeRawIp(p);
    case next.ipv6Extension:
      return decodeIpv6Extension(p);
    case next.authentication:
      return decodeAuthentication(p);
    case next.otherTransport:
      return decodeOtherTransport(p);
    case next.mpls:
      return decodeMpls(p);
    case next.pppoeDiscovery:
      return decodePppoeDiscovery(p);
    case next.pppoeSession:
      return decodePppoeSession(p);
    case next.ppp:
      return decodePpp(p);
    case next.pppFrame:
      return decodePppFrame(p);
    case next.ciscoHdlc:
      return decodeCiscoHdlc(p);
    case next.gre:
      return decodeGre(p);
    case next.vxlan:
      return decodeVxlan(p);
    default:
      return decodeRareHeader(p, header);
  }
}

function decodeRareHeader(p: PacketCursor, header: number): number {
  switch (header) {
    case next.vxlanGpe:
      return decodeVxlanGpe(p);
    case next.geneve:
      return decodeGeneve(p);
    case next.gtp:
      return decodeGtp(p);
    case next.l2tp:
      return decodeL2tp(p);
    case next.teredo:
      return decodeTeredo(p);
    case next.capwap:
      return decodeCapwap(p);
    case next.lwapp:
      return decodeLwapp(p);
    case next.lisp:
      return decodeLisp(p);
    case next.tzsp:
      return decodeTzsp(p);
    case next.serviceHeader:
      return decodeServiceHeader(p);
    case next.macsec:
      return decodeMacsec(p);
    case next.tag:
      return decodeTag(p);
    case next.etherIp:
      return decodeEtherIp(p);
    case next.pim:
      return decodePim(p);
    case next.wlan:
      return decodeWlan(p);
    case next.swappedWlan:
      return decodeSwappedWlan(p);
    case next.paddedWlan:
      return decodePaddedWlan(p);
    case next.frameRelay:
      return decodeFrameRelay(p);
    case next.trill:
      return decodeTrill(p);
    case next.juniperMirror:
      return decodeJuniperMirror(p);
    case next.aristaTime:
      return decodeAristaTime(p);
    case next.ayiya:
      return decodeAyiya(p);
    case next.lispControl:
      return decodeLispControl(p);
    case next.sflow:
      return decodeSflow(p);
    case next.linkLayer:
      return decodeLinkLayer(p, p.argument);
    default:
      return next.none;
  }
}
