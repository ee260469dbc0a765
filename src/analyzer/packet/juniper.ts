/** What Juniper's routers put before the frames they capture or mirror. */
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

const hasExtensions = 0x80;
const noLinkLayer = 0x02;

/**
 *      0                    3       4
 *     | magic "MGC" 4d4743 | flags | length of extensions | extensions … | Ethernet
 */
export function decodeJuniperEthernet(p: PacketCursor): number {
  if (!p.has(6)) return next.none;
  if (p.uint16(0) !== 0x4d47 || p.uint8(2) !== 0x43) return p.malformed();
  const flags = p.uint8(3);
  const length = flags & hasExtensions ? 6 + p.uint16(4) : 4;
  if (!p.has(length)) return next.none;
  p.at += length;
  return flags & noLinkLayer ? next.none : next.ethernet;
}

/**
 * Mirrored packets in UDP (port 30030).
 *
 *      0                4
 *     | intercept id   | session id | IP
 */
export function decodeJuniperMirror(p: PacketCursor): number {
  if (!p.has(8)) return next.none;
  p.at += 8;
  return p.at < p.end ? next.rawIp : next.none;
}
