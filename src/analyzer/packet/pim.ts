/** PIM (RFC 7761): its registers carry the packet that they announce. */
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";
import { nextOfIpVersion } from "./raw-ip.ts";

const register = 0x21;

/**
 *      0                    1          2          4
 *     | version 2, type 1  | reserved | checksum | flags 4 bytes | IP
 */
export function decodePim(p: PacketCursor): number {
  p.enterTransport(103, 4);
  if (!p.has(4)) return next.none;
  p.setPayload(4);
  if (p.uint8(0) !== register || !p.has(8)) return next.none;
  p.at += 8;
  return nextOfIpVersion(p);
}
