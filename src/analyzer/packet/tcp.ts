/** TCP (RFC 9293). */
import { layerBit } from "./layers.ts";
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";
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
  p.readPorts();
  if (!p.has(20)) return next.none;
  const headerLength = (p.uint8(12) >> 4) * 4;
  if (headerLength < 20) return p.malformed();
  if (p.has(headerLength) || p.at + headerLength <= p.wireEnd) p.setPayload(headerLength);
  return next.none;
}
