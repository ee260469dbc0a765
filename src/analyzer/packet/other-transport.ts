/** What IP carries and pcs does not decode, such as ESP and OSPF: all of it is payload. */
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

export function decodeOtherTransport(p: PacketCursor): number {
  p.enterTransport(p.argument, 0);
  p.setPayload(0);
  return next.none;
}
