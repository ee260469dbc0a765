/** Which name, title and fields each header has, by its number on the hot path. */
import { next } from "../next-header.ts";
import { describeIcmp, describeIcmpv6, describeIgmp, describePim } from "./describe-icmp.ts";
import { describeAuthentication, describeIpv4 } from "./describe-ipv4.ts";
import { describeExtensions, describeIpv6 } from "./describe-ipv6.ts";
import {
  describeArp,
  describeEthernet,
  describeLlc,
  describeLoopback,
  describeNflog,
  describePktap,
  describeRadiotap,
  describeSll,
  describeSll2,
  describeVlan,
} from "./describe-link.ts";
import { describeSctp, describeTcp, describeUdp } from "./describe-transport.ts";
import {
  describeCiscoHdlc,
  describeGeneve,
  describeGre,
  describeGtp,
  describeL2tp,
  describeMpls,
  describePpp,
  describePppFrame,
  describePppoe,
  describeVxlan,
} from "./describe-tunnel.ts";
import { describeSwappedWlan, describeWlan } from "./describe-wlan.ts";
import type { HeaderReader } from "./header-reader.ts";

/** Reads a header's fields, and answers how many bytes it has; `argument` is what the header was told. */
export type Describe = (r: HeaderReader, argument: number) => number;

export interface HeaderKind {
  name: string;
  title: string;
  /** Absent where the header is only counted: it is as long as the decoder says. */
  describe?: Describe;
}

const kinds: Readonly<Record<number, HeaderKind>> = {
  [next.ethernet]: { name: "ethernet", title: "Ethernet", describe: describeEthernet },
  [next.vlan]: { name: "vlan", title: "802.1Q VLAN", describe: describeVlan },
  [next.tag]: { name: "tag", title: "Tag" },
  [next.llc]: { name: "llc", title: "Logical link control", describe: describeLlc },
  [next.arp]: { name: "arp", title: "Address resolution", describe: describeArp },
  [next.ipv4]: { name: "ipv4", title: "Internet Protocol, version 4", describe: describeIpv4 },
  [next.ipv6]: { name: "ipv6", title: "Internet Protocol, version 6", describe: describeIpv6 },
  [next.ipv6Extension]: { name: "extension", title: "IPv6 extension", describe: describeExtensions },
  [next.authentication]: {
    name: "authentication",
    title: "Authentication header",
    describe: describeAuthentication,
  },
  [next.icmp]: { name: "icmp", title: "Internet control messages", describe: describeIcmp },
  [next.icmpv6]: {
    name: "icmpv6",
    title: "Internet control messages, version 6",
    describe: describeIcmpv6,
  },
  [next.igmp]: { name: "igmp", title: "Group management", describe: describeIgmp },
  [next.tcp]: { name: "tcp", title: "Transmission Control Protocol", describe: describeTcp },
  [next.udp]: { name: "udp", title: "User Datagram Protocol", describe: describeUdp },
  [next.sctp]: { name: "sctp", title: "Stream Control Transmission Protocol", describe: describeSctp },
  [next.otherTransport]: { name: "transport", title: "Another transport" },
  [next.mpls]: { name: "mpls", title: "MPLS label", describe: describeMpls },
  [next.pppoeDiscovery]: { name: "pppoe", title: "PPPoE discovery", describe: describePppoe },
  [next.pppoeSession]: { name: "pppoe", title: "PPPoE session", describe: describePppoe },
  [next.ppp]: { name: "ppp", title: "Point-to-Point Protocol", describe: describePpp },
  [next.pppFrame]: { name: "ppp", title: "PPP frame", describe: describePppFrame },
  [next.ciscoHdlc]: { name: "hdlc", title: "Cisco HDLC", describe: describeCiscoHdlc },
  [next.gre]: { name: "gre", title: "Generic routing encapsulation", describe: describeGre },
  [next.vxlan]: { name: "vxlan", title: "Virtual extensible LAN", describe: describeVxlan },
  [next.vxlanGpe]: { name: "vxlan", title: "Virtual extensible LAN, generic", describe: describeVxlan },
  [next.geneve]: { name: "geneve", title: "Geneve", describe: describeGeneve },
  [next.gtp]: { name: "gtp", title: "GTP user plane", describe: describeGtp },
  [next.l2tp]: { name: "l2tp", title: "Layer 2 tunnel", describe: describeL2tp },
  [next.teredo]: { name: "teredo", title: "Teredo" },
  [next.capwap]: { name: "capwap", title: "CAPWAP data" },
  [next.lwapp]: { name: "lwapp", title: "LWAPP" },
  [next.lisp]: { name: "lisp", title: "LISP data" },
  [next.lispControl]: { name: "lisp", title: "LISP control" },
  [next.ayiya]: { name: "ayiya", title: "Anything in anything" },
  [next.tzsp]: { name: "tzsp", title: "TZSP" },
  [next.serviceHeader]: { name: "nsh", title: "Network service header" },
  [next.macsec]: { name: "macsec", title: "MACsec" },
  [next.etherIp]: { name: "etherip", title: "Ethernet in IP" },
  [next.pim]: { name: "pim", title: "Multicast routing", describe: describePim },
  [next.wlan]: { name: "wlan", title: "802.11", describe: describeWlan },
  [next.paddedWlan]: { name: "wlan", title: "802.11", describe: describeWlan },
  [next.swappedWlan]: { name: "wlan", title: "802.11, bytes swapped", describe: describeSwappedWlan },
  [next.frameRelay]: { name: "frame-relay", title: "Frame relay" },
  [next.trill]: { name: "trill", title: "TRILL" },
  [next.juniperMirror]: { name: "mirror", title: "Juniper mirror" },
  [next.sflow]: { name: "sflow", title: "sFlow" },
  [next.aristaTime]: { name: "time", title: "Time of capture" },
};

const links: Readonly<Record<number, HeaderKind>> = {
  0: { name: "loopback", title: "BSD loopback", describe: describeLoopback },
  1: kinds[next.ethernet]!,
  9: kinds[next.pppFrame]!,
  50: kinds[next.pppFrame]!,
  105: kinds[next.wlan]!,
  108: { name: "loopback", title: "BSD loopback", describe: describeLoopback },
  113: { name: "sll", title: "Linux cooked capture", describe: describeSll },
  127: { name: "radiotap", title: "Radiotap", describe: describeRadiotap },
  149: { name: "pktap", title: "Apple packet tap", describe: describePktap },
  204: kinds[next.pppFrame]!,
  239: { name: "nflog", title: "Netfilter log", describe: describeNflog },
  258: { name: "pktap", title: "Apple packet tap", describe: describePktap },
  276: { name: "sll2", title: "Linux cooked capture, version 2", describe: describeSll2 },
};

/** The header with this number on the hot path. */
export function headerKind(header: number): HeaderKind {
  return kinds[header] ?? { name: "header", title: "Header" };
}

/** The first header of packets of this link type. */
export function linkKind(linkType: number): HeaderKind {
  return links[linkType] ?? { name: "link", title: "Link header" };
}
