/** TCP (RFC 9293), UDP (RFC 768) and SCTP (RFC 9260). */
import { layerBit } from "./layers.ts";
import { next, type PacketCursor } from "./packet-cursor.ts";
import { protocolId } from "./protocols.ts";

/**
 *      0             2                  4          8                 12             14
 *     | source port | destination port | sequence | acknowledgement | words, flags | window |
 *     | checksum | urgent pointer | options up to 40 bytes |
 *      16         18               20
 */
export function decodeTcp(p: PacketCursor): number {
  p.enter(layerBit.tcp, protocolId.tcp);
  p.enterTransport(6, 20);
  readPorts(p);
  if (!p.has(20)) return next.none;
  const headerLength = (p.bytes[p.at + 12]! >> 4) * 4;
  if (headerLength < 20) return p.malformed();
  if (p.has(headerLength) || p.at + headerLength <= p.wireEnd) p.setPayload(headerLength);
  return next.none;
}

/**
 *      0             2                  4        6
 *     | source port | destination port | length | checksum |
 */
export function decodeUdp(p: PacketCursor): number {
  p.enter(layerBit.udp, protocolId.udp);
  p.enterTransport(17, 8);
  readPorts(p);
  if (!p.has(8)) return next.none;
  const length = p.uint16(4);
  // 0 stands for a datagram too long for the field (RFC 2675, section 4).
  if (length !== 0) {
    if (length < 8) return p.malformed();
    p.narrow(length);
  }
  p.setPayload(8);
  p.at += 8;
  return next.none;
}

/**
 *      0             2                  4                  8          12
 *     | source port | destination port | verification tag | checksum | chunks: type, flags, length u16, … |
 */
export function decodeSctp(p: PacketCursor): number {
  p.enter(layerBit.sctp, protocolId.sctp);
  p.enterTransport(132, 12);
  readPorts(p);
  if (p.has(12)) p.setPayload(12);
  return next.none;
}

function readPorts(p: PacketCursor): void {
  if (p.quoted || p.at + 4 > p.end) return;
  p.sourcePort = p.uint16(0);
  p.destinationPort = p.uint16(2);
}
