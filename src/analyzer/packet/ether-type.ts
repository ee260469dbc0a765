/** EtherTypes (IEEE 802, https://www.iana.org/assignments/ieee-802-numbers) to the header that follows them. */
import { next } from "./packet-cursor.ts";

/** Values up to this are the length of an LLC frame instead (IEEE 802.3, section 3.2.6). */
export const largestLlcLength = 1500;

export function nextOfEtherType(type: number): number {
  switch (type) {
    case 0x0800:
      return next.ipv4;
    case 0x86dd:
      return next.ipv6;
    case 0x0806:
    case 0x8035: // RARP, the same header
      return next.arp;
    case 0x8100: // 802.1Q
    case 0x88a8: // 802.1ad
    case 0x9100: // QinQ before it was a standard
    case 0x9200:
    case 0x9300:
      return next.vlan;
    default:
      return next.none;
  }
}
