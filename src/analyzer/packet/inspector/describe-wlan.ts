/** 802.11 frames (IEEE 802.11, section 9.2); the drawing stands at their decoder. */
import { bitNames, named } from "./format-values.ts";
import type { HeaderReader } from "./header-reader.ts";

const types = named({ 0: "management", 1: "control", 2: "data", 3: "extension" });
const flagNames = [
  "to distribution",
  "from distribution",
  "more fragments",
  "retry",
  "power saving",
  "more data",
  "protected",
  "order",
];

export function describeWlan(r: HeaderReader): number {
  return describe(r, 0);
}

/** The first two bytes stand the other way round. */
export function describeSwappedWlan(r: HeaderReader): number {
  return describe(r, 1);
}

function describe(r: HeaderReader, swap: 0 | 1): number {
  const type = r.bits("Type", swap, 1, 2, 3, types);
  const subtype = r.bits("Subtype", swap, 1, 4, 15);
  const flags = r.uint("Flags", 1 - swap, 1, bitNames(flagNames));
  r.uintLittle("Duration", 2, 2);
  r.mac("Receiver", 4);
  if (type === 1) return describeControl(r, subtype);
  r.mac("Transmitter", 10);
  r.mac("Address 3", 16);
  r.bits("Fragment", 22 + swap, 1, 0, 15);
  r.uintLittle("Sequence", 22, 2, (value) => String(value >> 4));
  if (type !== 2) return flags & 0x80 ? 28 : 24;
  let length = 24;
  if ((flags & 3) === 3) {
    r.mac("Address 4", 24);
    length = 30;
  }
  if (subtype & 8) {
    r.hex("Quality of service", length, 2);
    length += flags & 0x80 ? 6 : 2;
  }
  return length;
}

/** Acknowledgements and clearances name the receiver alone. */
function describeControl(r: HeaderReader, subtype: number): number {
  if (subtype === 12 || subtype === 13) return 10;
  r.mac("Transmitter", 10);
  return 16;
}
