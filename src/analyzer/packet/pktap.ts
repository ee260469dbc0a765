/** Apple's packet tap: a header that tells the link type of what follows. */
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

/**
 * The lowest byte first.
 *
 *      0        4             8
 *     | length | record type | link type | interface 24 bytes, flags, family, process … |
 */
export function decodePktap(p: PacketCursor): number {
  if (!p.has(12)) return next.none;
  const length = p.int32Little(0);
  const type = p.int32Little(8);
  if (length < 12) return p.malformed();
  if (!p.has(length)) return next.none;
  p.at += length;
  p.argument = type;
  return next.linkLayer;
}
