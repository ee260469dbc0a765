/** What capturing machines put before 802.11 frames: radiotap, Prism, AVS, PPI. */
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

const flagsPresent = 2;
const timePresent = 1;
const morePresent = 0x80;
const checkSequence = 0x10;
const padded = 0x20;

/**
 * Radiotap (https://www.radiotap.org), the lowest byte first.
 *
 *      0         1     2        4
 *     | version | pad | length | present u32, and more while bit 31 is set | time 8 bytes | flags | …
 */
export function decodeRadiotap(p: PacketCursor): number {
  if (!p.has(8)) return next.none;
  const length = p.uint16Little(2);
  if (length < 8) return p.malformed();
  if (!p.has(length)) return next.none;
  const flags = radiotapFlags(p, length);
  p.at += length;
  if (flags & checkSequence && p.wireEnd - p.at >= 4) p.narrow(p.wireEnd - p.at - 4);
  return flags & padded ? next.paddedWlan : next.wlan;
}

function radiotapFlags(p: PacketCursor, length: number): number {
  const present = p.uint8(4);
  if (!(present & flagsPresent)) return 0;
  let at = 8;
  while (p.uint8(at - 1) & morePresent && at + 4 <= length) at += 4;
  if (present & timePresent) at = ((at + 7) & ~7) + 8;
  return at < length ? p.uint8(at) : 0;
}

/**
 * Prism, in the byte order of the machine; 80211001 to 80211003 instead begins AVS.
 *
 *      0              4        8
 *     | message code | length | device 16 bytes, values 12 bytes each … |
 */
export function decodePrism(p: PacketCursor): number {
  if (!p.has(8)) return next.none;
  if (p.uint16(0) === 0x8021) return decodeAvs(p);
  const little = p.int32Little(4);
  return afterLength(p, little >= 0 && little < 0x10000 ? little : p.uint16(6));
}

/**
 * AVS.
 *
 *      0          4
 *     | version  | length | time, channel, rate, signal … |
 */
export function decodeAvs(p: PacketCursor): number {
  return p.has(8) ? afterLength(p, p.uint16(6)) : next.none;
}

/**
 * PPI, the lowest byte first.
 *
 *      0         1       2        4
 *     | version | flags | length | link type | fields … |
 */
export function decodePpi(p: PacketCursor): number {
  if (!p.has(8)) return next.none;
  const length = p.uint16Little(2);
  const type = p.int32Little(4);
  if (length < 8) return p.malformed();
  if (!p.has(length)) return next.none;
  p.at += length;
  p.argument = type;
  return next.linkLayer;
}

function afterLength(p: PacketCursor, length: number): number {
  if (length < 8) return p.malformed();
  if (!p.has(length)) return next.none;
  p.at += length;
  return next.wlan;
}
