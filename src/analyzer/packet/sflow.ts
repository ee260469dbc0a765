/** sFlow version 5 (https://sflow.org/sflow_version_5.txt): reports that quote the beginnings of packets. */
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

/**
 * Leaves where the samples stand in the cursor; `decodeSamples` decodes what they quote.
 *
 *      0          4                            8                 8 or 20     + 4        + 8      + 12
 *     | version  | kind of address: 1, 2: v6  | address 4 or 16 | sub agent | sequence | uptime | samples |
 */
export function decodeSflow(p: PacketCursor): number {
  if (!p.has(8) || p.uint16(0) !== 0 || p.uint16(2) !== 5) return next.none;
  const length = 8 + (p.uint8(7) === 2 ? 16 : 4) + 16;
  if (!p.has(length)) return next.none;
  p.samplesAt = p.at + length;
  p.samplesEnd = p.end;
  return next.none;
}
