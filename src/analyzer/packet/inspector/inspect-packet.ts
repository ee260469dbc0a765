/**
 * The inspector: one packet to a tree of its headers and their fields, for people to read. Where each header
 * begins is what the hot path finds, so that the two cannot differ about a packet; what stands in it is read
 * here once more, header by header.
 */
import { maxHeaders } from "../../limits.ts";
import { decodeHeader } from "../decode-header.ts";
import { packetFlag } from "../decoded-columns.ts";
import { decodeLinkLayer } from "../link-layer.ts";
import { next } from "../next-header.ts";
import { PacketCursor } from "../packet-cursor.ts";
import { headerKind, linkKind, type HeaderKind } from "./describe-header.ts";
import { HeaderReader } from "./header-reader.ts";
import type { InspectedLayer } from "./inspected-layer.ts";

/** Bytes of the payload that are shown. */
const shownData = 64;

/**
 * @param bytes the captured bytes of the packet
 * @param wire its length on the wire
 * @param linkType the link type by its number in capture files
 */
export function inspectPacket(bytes: Uint8Array, wire: number, linkType: number): InspectedLayer[] {
  const p = new PacketCursor();
  const layers: InspectedLayer[] = [];
  p.bytes = bytes;
  p.begin(0, bytes.length, wire);
  let header = decodeLinkLayer(p, linkType);
  if ((p.flags & packetFlag.undecoded) !== 0) return withData(bytes, layers, 0, bytes.length);
  // Raw packets begin with IP itself.
  if (p.at > 0 || header === next.none) add(layers, p, linkKind(linkType), 0, bytes.length, 0);
  for (let left = maxHeaders; header !== next.none && left > 0; left--) {
    const { at, end, argument, quoted } = p;
    const current = header;
    header = decodeHeader(p, current);
    const kind = current === next.linkLayer ? linkKind(argument) : headerKind(current);
    if (isIpHeader(bytes, at, end, current)) add(layers, p, kind, at, end, argument, quoted);
  }
  const last = layers.at(-1);
  return withData(bytes, layers, last === undefined ? 0 : last.start + last.length, p.end);
}

/** Whether an IP header is of its version; where it is not, the hot path has not entered it, or goes on. */
function isIpHeader(bytes: Uint8Array, at: number, end: number, header: number): boolean {
  const version = at < end ? bytes[at]! >> 4 : 0;
  return header === next.ipv6 ? version === 6 : header !== next.ipv4 || version !== 6;
}

function add(
  layers: InspectedLayer[],
  p: PacketCursor,
  { name, title, describe }: HeaderKind,
  start: number,
  end: number,
  argument: number,
  quoted = false,
): void {
  if (start >= end) return;
  const r = new HeaderReader(p.bytes, start, end);
  const moved = p.at - start;
  const told = describe?.(r, argument) ?? moved;
  const length = Math.max(0, Math.min(Math.max(told, moved), end - start));
  layers.push({ name, title, start, length, quoted, fields: r.fields });
}

/** Adds what follows the last header, and what follows the packet in its frame. */
function withData(bytes: Uint8Array, layers: InspectedLayer[], start: number, end: number): InspectedLayer[] {
  const until = Math.max(start, Math.min(end, bytes.length));
  addData(layers, bytes, "data", "Payload", start, until);
  addData(layers, bytes, "trailer", "Trailer", until, bytes.length);
  return layers;
}

function addData(
  layers: InspectedLayer[],
  bytes: Uint8Array,
  name: string,
  title: string,
  start: number,
  end: number,
): void {
  if (start >= end) return;
  const r = new HeaderReader(bytes, start, end);
  r.raw("Bytes", 0, Math.min(shownData, end - start));
  layers.push({ name, title, start, length: end - start, quoted: false, fields: r.fields });
}
