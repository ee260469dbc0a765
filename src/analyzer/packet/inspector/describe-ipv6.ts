/** IPv6 and its extension headers (RFC 8200); the drawings stand at their decoders. */
import { formatHex, named } from "./format-values.ts";
import type { HeaderReader } from "./header-reader.ts";
import { ipProtocols } from "./names.ts";

const extensions = new Set([0, 43, 44, 60, 140]);

export function describeIpv6(r: HeaderReader): number {
  r.bits("Version", 0, 1, 4, 15);
  r.bits("Traffic class", 0, 2, 4, 255);
  r.bits("Flow label", 0, 4, 0, 0xfffff, (value) => formatHex(value, 3));
  r.uint("Payload length", 4, 2);
  r.uint("Next header", 6, 1, named(ipProtocols));
  r.uint("Hop limit", 7, 1);
  r.ipv6("Source", 8);
  r.ipv6("Destination", 24);
  return 40;
}

/** All extension headers in a row; `kind` is that of the first. */
export function describeExtensions(r: HeaderReader, kind: number): number {
  let at = 0;
  let current = kind;
  while (extensions.has(current) && r.has(at, 8)) {
    const from = at;
    const length = current === 44 ? 8 : (r.peek(from + 1, 1) + 1) * 8;
    const next = r.peek(from, 1);
    const isLaterFragment = current === 44 && r.peek(from + 2, 2) >> 3 !== 0;
    const name = named(ipProtocols)(current);
    r.group(name, from, length, () => {
      r.uint("Next header", from, 1, named(ipProtocols));
      if (current === 44) describeFragment(r, from);
      else r.raw("Content", from + 2, length - 2);
    });
    if (!r.has(from, length)) break;
    at += length;
    if (isLaterFragment) break;
    current = next;
  }
  return at;
}

function describeFragment(r: HeaderReader, from: number): void {
  r.bits("Fragment offset", from + 2, 2, 3, 0x1fff, (words) => String(words * 8));
  r.bits("More fragments", from + 2, 2, 0, 1);
  r.hex("Identification", from + 4, 4);
}
