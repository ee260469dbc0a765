/** UDP (RFC 768). */
import { layerBit } from "./layers.ts";
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";
import { protocolId } from "./protocols.ts";
import { nextOfUdpPorts } from "./udp-port.ts";

/**
 *      0             2                  4        6
 *     | source port | destination port | length | checksum |
 */
export function decodeUdp(p: PacketCursor): number {
  p.enter(layerBit.udp, protocolId.udp);
  p.enterTransport(17, 8);
  p.readPorts();
  if (!p.has(8)) return next.none;
  const length = p.uint16(4);
  // 0 stands for a datagram too long for the field (RFC 2675, section 4). Nothing then tells where it ends,
  // so what it carries is left as payload, as tshark does.
  if (length !== 0) {
    if (length < 8) return p.malformed();
    p.narrow(length);
  }
  p.setPayload(8);
  p.at += 8;
  return length !== 0 && p.at < p.end ? nextOfUdpPorts(p.uint16(-8), p.uint16(-6)) : next.none;
}
