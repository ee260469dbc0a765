/** Linux netfilter log (https://www.tcpdump.org/linktypes/LINKTYPE_NFLOG.html). */
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

const payload = 9;

/**
 * The values stand in the byte order of the machine, told here by the type, which is small.
 *
 *      0                       1         2
 *     | family: 2, 10 (IPv6) | version | resource | values: length u16, type u16, content, padding to 4 …
 */
export function decodeNflog(p: PacketCursor): number {
  if (!p.has(4)) return next.none;
  const family = p.uint8(0);
  p.at += 4;
  for (;;) {
    if (!p.has(4)) return next.none;
    const isLittle = p.uint8(3) === 0;
    const length = isLittle ? p.uint16Little(0) : p.uint16(0);
    const type = (isLittle ? p.uint16Little(2) : p.uint16(2)) & 0x7fff;
    if (length < 4) return p.malformed();
    if (type === payload) {
      p.narrow(length);
      p.at += 4;
      return family === 2 ? next.ipv4 : family === 10 ? next.ipv6 : next.none;
    }
    if (!p.has(length)) return next.none;
    p.at += (length + 3) & ~3;
  }
}
