/** IPv4 (RFC 791), with options and fragments, and the authentication header (RFC 4302) of both IPs. */
import { nextOfIpProtocol } from "./ip-protocol.ts";
import { layerBit } from "./layers.ts";
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";
import { protocolId } from "./protocols.ts";

const moreFragments = 0x2000;

/**
 *      0                 1         2              4     6                      8     9          10
 *     | version, words | service | total length | id  | flags 3, offset 13   | TTL | protocol | checksum |
 *     | source 4 bytes | destination 4 bytes | options up to 40 bytes |
 *      12               16                    20
 */
export function decodeIpv4(p: PacketCursor): number {
  p.enter(layerBit.ipv4, protocolId.ipv4);
  p.enterNetwork(4, 20);
  if (!p.has(20)) return next.none;
  const { bytes, at } = p;
  const first = bytes[at]!;
  const headerLength = (first & 0x0f) * 4;
  if (first >> 4 === 6) return next.ipv6;
  if (first >> 4 !== 4 || headerLength < 20) return p.malformed();
  const totalLength = p.uint16(2);
  // A total length of 0 is what the kernel writes before the card cuts a large packet into segments.
  if (totalLength !== 0) {
    if (totalLength < headerLength) return p.malformed();
    p.narrow(totalLength);
  }
  if (!p.has(headerLength)) return next.none;
  const fragment = p.uint16(6) & 0x3fff;
  p.at += headerLength;
  if (fragment !== 0) p.fragment(fragment === moreFragments);
  // Only the first fragment holds the header that the protocol number speaks of.
  return (fragment & 0x1fff) === 0 ? nextOfIpProtocol(p, bytes[at + 9]!) : next.none;
}

/**
 *      0      1                     2          4     8          12
 *     | next | length in words - 2 | reserved | SPI | sequence | check value … |
 */
export function decodeAuthentication(p: PacketCursor): number {
  if (!p.has(8)) return next.none;
  const following = p.bytes[p.at]!;
  const length = (p.bytes[p.at + 1]! + 2) * 4;
  if (!p.has(length)) return next.none;
  p.at += length;
  return nextOfIpProtocol(p, following);
}
