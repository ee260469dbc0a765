/**
 * The hot path: a batch of packets to columns, in one plain loop. It makes no object and no view a packet,
 * reads only within the captured bytes, and never throws.
 */
import type { PacketBatch } from "../capture/packet-batch.ts";
import { maxHeaders } from "../limits.ts";
import { decodeArp } from "./arp.ts";
import type { DecodedColumns } from "./decoded-columns.ts";
import { isDns } from "./dns.ts";
import { decodeEthernet, decodeLlc, decodeVlan } from "./ethernet.ts";
import { decodeIcmp, decodeIcmpv6, decodeIgmp } from "./icmp.ts";
import { decodeAuthentication, decodeIpv4 } from "./ipv4.ts";
import { decodeIpv6, decodeIpv6Extension } from "./ipv6.ts";
import { decodeLinkLayer, decodeRawIp } from "./link-layer.ts";
import { next, PacketCursor } from "./packet-cursor.ts";
import { protocolId } from "./protocols.ts";
import { decodeSctp, decodeTcp, decodeUdp } from "./transport.ts";

/** Decodes every packet of `batch` into the same rows of `columns`, which must have room for them. */
export function decodeBatch(batch: PacketBatch, columns: DecodedColumns, p = new PacketCursor()): void {
  const { offset, captured, wire, linkType, count } = batch;
  const { layers, protocol, flags, sourcePort, destinationPort } = columns;
  const { linkStart, networkStart, networkVersion, transport, transportStart } = columns;
  const { payloadStart, payloadEnd, payloadLength } = columns;
  p.bytes = batch.bytes;
  for (let i = 0; i < count; i++) {
    p.begin(offset[i]!, captured[i]!, wire[i]!);
    let header = decodeLinkLayer(p, linkType[i]!);
    for (let left = maxHeaders; header !== next.none && left > 0; left--) header = decodeHeader(p, header);
    layers[i] = p.layers;
    protocol[i] = p.protocol;
    flags[i] = p.flags;
    sourcePort[i] = p.sourcePort;
    destinationPort[i] = p.destinationPort;
    linkStart[i] = p.linkStart;
    networkStart[i] = p.networkStart;
    networkVersion[i] = p.networkVersion;
    transport[i] = p.transport;
    transportStart[i] = p.transportStart;
    payloadStart[i] = p.payloadStart;
    payloadEnd[i] = p.payloadEnd;
    payloadLength[i] = p.payloadLength;
    if (isDns(p)) protocol[i] = protocolId.dns;
  }
}

function decodeHeader(p: PacketCursor, header: number): number {
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
    case next.ipv6Extension:
      return decodeIpv6Extension(p);
    case next.authentication:
      return decodeAuthentication(p);
    case next.rawIp:
      return decodeRawIp(p);
    case next.ethernet:
      return decodeEthernet(p);
    default:
      return next.none;
  }
}
