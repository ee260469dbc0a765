/**
 * Whole numbers of the second protocol's binary heads, big-endian as the frame's own. A u64 never exceeds
 * 2^53 - 1, so that every language has it exactly; its two halves are written apart, without a BigInt.
 */

export function writeUint32(target: Uint8Array, at: number, value: number): void {
  target[at] = value >>> 24;
  target[at + 1] = (value >>> 16) & 255;
  target[at + 2] = (value >>> 8) & 255;
  target[at + 3] = value & 255;
}

export function readUint32(bytes: Uint8Array, at: number): number {
  return bytes[at]! * 0x1000000 + ((bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!);
}

export function writeUint64(target: Uint8Array, at: number, value: number): void {
  writeUint32(target, at, Math.floor(value / 0x100000000));
  writeUint32(target, at + 4, value >>> 0);
}

/** @returns a number over 2^53 - 1 as infinity, which every check for a limit refuses */
export function readUint64(bytes: Uint8Array, at: number): number {
  const high = readUint32(bytes, at);
  if (high > 0x1fffff) return Number.POSITIVE_INFINITY;
  return high * 0x100000000 + readUint32(bytes, at + 4);
}
