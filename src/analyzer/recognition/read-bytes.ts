/** Numbers and names out of payload bytes. Callers check first that the bytes are there. */

/** Bytes of a name that are kept: a host name has at most 253 (RFC 1035, section 3.1). */
const maxNameBytes = 253;

/** Node's own, which needs no view of the bytes: making one costs more than the text. */
const { latin1Slice } = Buffer.prototype as unknown as {
  latin1Slice: (this: Uint8Array, start: number, end: number) => string;
};

export function uint16(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!;
}

export function uint24(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
}

export function uint32(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}

/** Whether `text`, which is ASCII, stands at `at`, all of it before `end`. */
export function startsWith(bytes: Uint8Array, at: number, end: number, text: string): boolean {
  if (at + text.length > end) return false;
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** The place of `byte` in `bytes[at .. end)`, or -1. */
export function placeOf(bytes: Uint8Array, at: number, end: number, byte: number): number {
  for (let i = at; i < end; i++) if (bytes[i] === byte) return i;
  return -1;
}

/**
 * The bytes as text to show, ASCII alone: what came over the wire may hold anything, and ends up on terminals.
 * @returns at most 253 characters; a byte that is no printable ASCII becomes `?`
 */
export function readName(bytes: Uint8Array, at: number, end: number): string {
  const until = Math.min(end, at + maxNameBytes);
  let printable = true;
  for (let i = at; i < until; i++) if (bytes[i]! < 0x20 || bytes[i]! > 0x7e) printable = false;
  if (until <= at) return "";
  const text = latin1Slice.call(bytes, at, until);
  return printable ? text : text.replaceAll(/[^\x20-\x7e]/g, "?");
}
