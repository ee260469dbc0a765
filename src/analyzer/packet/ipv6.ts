/** IPv6 and its extension headers (RFC 8200). */
import { nextOfIpProtocol } from "./ip-protocol.ts";
import { layerBit } from "./layers.ts";
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";
import { protocolId } from "./protocols.ts";

const fragmentHeader = 44;
const noNextHeader = 59;
const moreFragments = 1;

/**
 *      0                                 4                6      7           8                 24
 *     | version 4, class 8, label 20    | payload length | next | hop limit | source 16 bytes | destination |
 */
export function decodeIpv6(p: PacketCursor): number {
  if (p.at < p.end && p.bytes[p.at]! >> 4 !== 6) return p.malformed();
  p.enter(layerBit.ipv6, protocolId.ipv6);
  p.enterNetwork(6, 40);
  if (!p.has(40)) return next.none;
  const payloadLength = p.uint16(4);
  const following = p.bytes[p.at + 6]!;
  p.at += 40;
  // A length of 0 stands for a jumbogram (RFC 2675), or for one the card would have cut into segments.
  if (payloadLength !== 0 || following === noNextHeader) p.narrow(payloadLength);
  return nextOfIpProtocol(p, following);
}

/**
 *      0      1                               2
 *     | next | length in 8 bytes, less one   | …           options, routing, mobility
 *     | next | reserved                      | offset 13, more 1 | identification 4 bytes    fragment
 */
export function decodeIpv6Extension(p: PacketCursor): number {
  let header: number = next.ipv6Extension;
  while (header === next.ipv6Extension) header = afterExtension(p);
  return header;
}

function afterExtension(p: PacketCursor): number {
  if (!p.has(8)) return next.none;
  const following = p.uint8(0);
  if (p.argument === fragmentHeader) {
    const fragment = p.uint16(2);
    p.at += 8;
    if ((fragment & 0xfff9) !== 0) p.fragment(fragment === moreFragments);
    return fragment >> 3 === 0 ? nextOfIpProtocol(p, following) : next.none;
  }
  const length = (p.uint8(1) + 1) * 8;
  if (!p.has(length)) return next.none;
  p.at += length;
  return nextOfIpProtocol(p, following);
}
