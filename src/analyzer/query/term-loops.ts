/**
 * The loops that filters spend their time in: each looks at one or two columns of a part of a chunk and writes 1
 * or 0 for every row of it into a mask. No loop calls anything, and a row costs about a nanosecond.
 */
import { notJudged } from "../store/store-chunk.ts";
import type { NumberRange } from "./number-range.ts";

export function fillMask(mask: Uint8Array, from: number, until: number, value: number): void {
  mask.fill(value, from, until);
}

export function invertMask(mask: Uint8Array, from: number, until: number): void {
  for (let row = from; row < until; row++) mask[row]! ^= 1;
}

export function andMasks(mask: Uint8Array, other: Uint8Array, from: number, until: number): void {
  for (let row = from; row < until; row++) mask[row]! &= other[row]!;
}

export function orMasks(mask: Uint8Array, other: Uint8Array, from: number, until: number): void {
  for (let row = from; row < until; row++) mask[row]! |= other[row]!;
}

/** Whether the column has the bit number `shift`. */
export function maskLayers(
  mask: Uint8Array,
  column: Uint32Array,
  from: number,
  until: number,
  shift: number,
): void {
  for (let row = from; row < until; row++) mask[row] = (column[row]! >>> shift) & 1;
}

/** What `table` says of the column's value. */
export function maskBytes(
  mask: Uint8Array,
  column: Uint8Array,
  from: number,
  until: number,
  table: Uint8Array,
): void {
  for (let row = from; row < until; row++) mask[row] = table[column[row]!]!;
}

/** What `table` says of an address's id. */
export function maskIds(
  mask: Uint8Array,
  column: Uint32Array,
  from: number,
  until: number,
  table: Uint8Array,
): void {
  for (let row = from; row < until; row++) mask[row] = table[column[row]!]!;
}

/** What `table` says of either of two addresses' ids. */
export function maskEitherId(
  mask: Uint8Array,
  a: Uint32Array,
  b: Uint32Array,
  from: number,
  until: number,
  table: Uint8Array,
): void {
  for (let row = from; row < until; row++) mask[row] = table[a[row]!]! | table[b[row]!]!;
}

/** What `table` says of the port, of packets whose transport `carriers` allows. */
export function maskPorts(
  mask: Uint8Array,
  column: Uint16Array,
  transport: Uint8Array,
  from: number,
  until: number,
  table: Uint8Array,
  carriers: Uint8Array,
): void {
  for (let row = from; row < until; row++) mask[row] = table[column[row]!]! & carriers[transport[row]!]!;
}

export function maskEitherPort(
  mask: Uint8Array,
  a: Uint16Array,
  b: Uint16Array,
  transport: Uint8Array,
  from: number,
  until: number,
  table: Uint8Array,
  carriers: Uint8Array,
): void {
  for (let row = from; row < until; row++)
    mask[row] = (table[a[row]!]! | table[b[row]!]!) & carriers[transport[row]!]!;
}

/** Whether the value, which is at least `least`, lies in a range. */
export function maskNumbers(
  mask: Uint8Array,
  column: Uint32Array,
  from: number,
  until: number,
  range: NumberRange,
  least: number,
): void {
  const { low, high } = range;
  const inside = range.inverted ? 0 : 1;
  for (let row = from; row < until; row++) {
    const value = column[row]!;
    mask[row] = value < least ? 0 : value >= low && value <= high ? inside : 1 - inside;
  }
}

/** The same of scores: packets that were not judged have none. */
export function maskScores(
  mask: Uint8Array,
  column: Uint16Array,
  from: number,
  until: number,
  range: NumberRange,
): void {
  const { low, high } = range;
  const inside = range.inverted ? 0 : 1;
  for (let row = from; row < until; row++) {
    const value = column[row]!;
    mask[row] = value === notJudged ? 0 : value >= low && value <= high ? inside : 1 - inside;
  }
}

/** What is to be said of times before a moment, at it, and after it; no time is none of them. */
export function maskTimes(
  mask: Uint8Array,
  seconds: Float64Array,
  nanos: Uint32Array,
  from: number,
  until: number,
  moment: { seconds: number; nanos: number },
  [before, same, after]: readonly [number, number, number],
): void {
  const { seconds: second, nanos: nano } = moment;
  for (let row = from; row < until; row++) {
    const value = seconds[row]!;
    if (value < second) mask[row] = before;
    else if (value > second) mask[row] = after;
    else if (value !== second) mask[row] = 0;
    else mask[row] = nanos[row]! < nano ? before : nanos[row]! > nano ? after : same;
  }
}
