/** IGMP (RFC 1112, 2236, 3376), and version 1 of PIM, whose registers carry a packet. */
import { layerBit } from "./layers.ts";
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";
import { protocolId } from "./protocols.ts";

/**
 *      0      1           2          4
 *     | type | time, 0   | checksum | group 4 bytes | version 3: sources or records …
 */
export function decodeIgmp(p: PacketCursor): number {
  p.enter(layerBit.igmp, protocolId.igmp);
  p.enterTransport(2, 8);
  if (p.has(8)) p.setPayload(8);
  return next.none;
}
