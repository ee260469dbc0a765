/** SCTP (RFC 9260). */
import { layerBit } from "./layers.ts";
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";
import { protocolId } from "./protocols.ts";

/**
 *      0             2                  4                  8          12
 *     | source port | destination port | verification tag | checksum | chunks: type, flags, length u16, … |
 */
export function decodeSctp(p: PacketCursor): number {
  p.enter(layerBit.sctp, protocolId.sctp);
  p.enterTransport(132, 12);
  p.readPorts();
  if (p.has(12)) p.setPayload(12);
  return next.none;
}
