/** 802.11 frames (IEEE 802.11, section 9.2). Only data frames that are neither encrypted nor cut go on. */
import { layerBit } from "./layers.ts";
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

const data = 2;
const noData = 4;
const qualityOfService = 8;
const toDistribution = 1;
const fromDistribution = 2;
const moreFragments = 4;
const isProtected = 0x40;
const order = 0x80;
const aggregate = 0x80;

/**
 *      0                                 1       2          4       10      16      22
 *     | version 2, type 2, subtype 4    | flags | duration | MAC 1 | MAC 2 | MAC 3 | fragment, sequence |
 *     | MAC 4, between distribution systems | quality 2 bytes | control 4 bytes | LLC …
 */
export function decodeWlan(p: PacketCursor): number {
  return decodeFrame(p, 0, 1);
}

/** The same with the header padded to 4 bytes, as radiotap may say. */
export function decodePaddedWlan(p: PacketCursor): number {
  return decodeFrame(p, 0, 4);
}

/** The same with frame control and sequence swapped, as some controllers send it in their tunnels. */
export function decodeSwappedWlan(p: PacketCursor): number {
  return decodeFrame(p, 1, 1);
}

function decodeFrame(p: PacketCursor, swap: 0 | 1, alignment: 1 | 4): number {
  p.layers |= layerBit.wlan;
  if (!p.has(2)) return next.none;
  const kind = p.uint8(swap);
  const flags = p.uint8(1 - swap);
  const subtype = kind >> 4;
  if (((kind >> 2) & 3) !== data || subtype & noData) return next.none;
  const length = dataHeaderLength(subtype, flags);
  if (!p.has(length)) return next.none;
  const fragment = p.uint8(22 + swap) & 0x0f;
  if (fragment !== 0 || flags & (moreFragments | isProtected)) return next.none;
  const quality = subtype & qualityOfService ? p.uint8(length - (flags & order ? 6 : 2)) : 0;
  p.at += (length + alignment - 1) & -alignment;
  return quality & aggregate ? afterAggregate(p) : afterHeader(p);
}

function dataHeaderLength(subtype: number, flags: number): number {
  const between = toDistribution | fromDistribution;
  let length = (flags & between) === between ? 30 : 24;
  if (subtype & qualityOfService) length += flags & order ? 6 : 2;
  return length;
}

/**
 * Several frames in one, of which the first counts.
 *
 *      0             6        12
 *     | destination | source | length | LLC …
 */
function afterAggregate(p: PacketCursor): number {
  if (!p.has(14)) return next.none;
  const length = p.uint16(12);
  p.at += 14;
  p.narrow(length);
  return next.llc;
}

function afterHeader(p: PacketCursor): number {
  if (p.at >= p.end) return next.none;
  if (p.at + 2 <= p.end && p.uint16(0) === 0xffff) return next.none;
  return next.llc;
}
