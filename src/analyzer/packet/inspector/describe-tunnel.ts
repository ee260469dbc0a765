/** MPLS, PPPoE, PPP, GRE, VXLAN, Geneve, GTP, L2TP; the drawings stand at their decoders. */
import { bitNames, formatHex, named } from "./format-values.ts";
import type { HeaderReader } from "./header-reader.ts";
import { etherTypes, pppProtocols } from "./names.ts";

/** One label. */
export function describeMpls(r: HeaderReader): number {
  r.bits("Label", 0, 3, 4, 0xfffff);
  r.bits("Traffic class", 2, 1, 1, 7);
  r.bits("Bottom of stack", 2, 1, 0, 1);
  r.uint("Time to live", 3, 1);
  return 4;
}

const discoveries = named({ 0x00: "session", 0x07: "offer", 0x09: "initiation", 0x19: "request" }, 1);

export function describePppoe(r: HeaderReader): number {
  r.bits("Version", 0, 1, 4, 15);
  r.bits("Type", 0, 1, 0, 15);
  r.uint("Code", 1, 1, discoveries);
  r.hex("Session", 2, 2);
  r.uint("Length", 4, 2);
  return 6;
}

export function describePpp(r: HeaderReader): number {
  const length = r.peek(0, 1) & 1 ? 1 : 2;
  r.uint("Protocol", 0, length, named(pppProtocols, 2));
  return length;
}

export function describePppFrame(r: HeaderReader): number {
  if (r.peek(0, 1) !== 0xff) return 0;
  r.hex("Address", 0, 1);
  r.hex("Control", 1, 1);
  return 2;
}

export function describeCiscoHdlc(r: HeaderReader): number {
  r.hex("Address", 0, 1);
  r.hex("Control", 1, 1);
  r.uint("Protocol", 2, 2, named(etherTypes, 2));
  return 4;
}

/** What follows the optional fields, such as ERSPAN's header, is counted by the decoder. */
export function describeGre(r: HeaderReader): number {
  const flags = r.peek(0, 2);
  r.uint("Flags", 0, 2, (value) => greFlags(value >> 12));
  r.bits("Version", 0, 2, 0, 7);
  r.uint("Protocol", 2, 2, named(etherTypes, 2));
  let length = 4;
  const optional = (bit: number, name: string): void => {
    if ((flags & bit) === 0) return;
    r.hex(name, length, 4);
    length += 4;
  };
  optional(0xc000, "Checksum and offset");
  optional(0x2000, "Key");
  optional(0x1000, "Sequence");
  optional(0x0080, "Acknowledgement");
  return length;
}

const greFlags = bitNames(["sequence", "key", "routing", "checksum"]);

export function describeVxlan(r: HeaderReader): number {
  r.hex("Flags", 0, 1);
  r.uint("Network", 4, 3);
  return 8;
}

export function describeGeneve(r: HeaderReader): number {
  const words = r.bits("Length of options", 0, 1, 0, 63, (value) => `${value * 4} bytes`);
  r.hex("Flags", 1, 1);
  r.uint("Protocol", 2, 2, named(etherTypes, 2));
  r.uint("Network", 4, 3);
  r.raw("Options", 8, words * 4);
  return 8 + words * 4;
}

export function describeGtp(r: HeaderReader): number {
  r.bits("Version", 0, 1, 5, 7);
  r.uint("Message type", 1, 1, named({ 255: "user data" }));
  r.uint("Length", 2, 2);
  r.uint("Tunnel", 4, 4, (value) => formatHex(value, 4));
  return 8;
}

export function describeL2tp(r: HeaderReader): number {
  const flags = r.hex("Flags and version", 0, 2);
  let at = 2;
  if (flags & 0x4000) {
    r.uint("Length", 2, 2);
    at = 4;
  }
  r.uint("Tunnel", at, 2);
  r.uint("Session", at + 2, 2);
  return at + 4;
}
