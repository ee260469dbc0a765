/** The packets whose beginnings an sFlow report quotes: their layers count, as those of ICMP's quotes do. */
import { decodeHeaders } from "./decode-header.ts";
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

const flowSample = 1;
const expandedFlowSample = 3;
const packetHeader = 1;
/** The protocols of quoted headers, by their number there. */
const headers = new Map<number, number>([
  [1, next.ethernet],
  [7, next.ppp],
  [11, next.ipv4],
  [12, next.ipv6],
  [13, next.mpls],
]);

/**
 *      0                                   4
 *     | company 20, kind of sample 12     | length | 8 or 11 numbers, the last is how many records follow | …
 */
export function decodeSamples(p: PacketCursor): void {
  const end = p.samplesEnd;
  let at = p.samplesAt;
  while (at + 8 <= end) {
    const kind = uint32(p, at);
    const length = uint32(p, at + 4);
    const sampleEnd = Math.min(end, at + 8 + length);
    if (kind === flowSample) decodeRecords(p, at + 8 + 32, sampleEnd);
    if (kind === expandedFlowSample) decodeRecords(p, at + 8 + 44, sampleEnd);
    at += 8 + length;
  }
}

/**
 *      0                           4        8          12               16         20              24
 *     | company 20, kind 12: 1    | length | protocol | length of frame | stripped | bytes quoted | bytes …
 */
function decodeRecords(p: PacketCursor, from: number, end: number): void {
  let at = from;
  while (at + 8 <= end) {
    const kind = uint32(p, at);
    const length = uint32(p, at + 4);
    if (kind === packetHeader && at + 24 <= end) decodeQuote(p, at, end);
    at += 8 + length;
  }
}

function decodeQuote(p: PacketCursor, at: number, end: number): void {
  const header = headers.get(uint32(p, at + 8));
  if (header === undefined) return;
  const quoted = uint32(p, at + 20);
  p.quoted = true;
  p.continued = false;
  p.at = at + 24;
  p.end = Math.min(end, p.at + quoted);
  p.wireEnd = Math.max(p.end, p.at + uint32(p, at + 12));
  decodeHeaders(p, header);
}

/** The highest byte first; `at` counts from the beginning of the batch. */
function uint32({ bytes }: PacketCursor, at: number): number {
  return bytes[at]! * 0x1000000 + ((bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!);
}
