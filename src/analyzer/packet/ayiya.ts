/** AYIYA (draft-massar-v6ops-ayiya): IPv6 in UDP for hosts behind address translation. */
import { nextOfIpProtocol } from "./ip-protocol.ts";
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

const forward = 1;

/**
 *      0                              1                               2                   3          4
 *     | identity 2 ** n bytes 4, kind | signature in words 4, hash 4 | authentication, do | protocol | time |
 *     | identity | signature | packet
 */
export function decodeAyiya(p: PacketCursor): number {
  if (!p.has(8)) return next.none;
  const length = 8 + 2 ** (p.uint8(0) >> 4) + (p.uint8(1) >> 4) * 4;
  const isForwarded = (p.uint8(2) & 0x0f) === forward;
  const protocol = p.uint8(3);
  if (!isForwarded || !p.has(length)) return next.none;
  p.at += length;
  return nextOfIpProtocol(p, protocol);
}
