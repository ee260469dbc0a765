/** Bytes as people read them: sixteen a line, in hex and as letters. */

/** `1a2b` to its bytes; what is no hex is left out from there on. */
export function parseHex(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length >> 1);
  for (let i = 0; i < bytes.length; i++) {
    const byte = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
    if (Number.isNaN(byte)) return bytes.subarray(0, i);
    bytes[i] = byte;
  }
  return bytes;
}

/** `0f` */
export function formatByte(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}

/** The letter of a printable ASCII byte, `·` for any other. */
export function letterOf(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·";
}

/** `0040`, as many digits as the longest packet's offset needs, at least four. */
export function formatOffset(offset: number): string {
  return offset.toString(16).padStart(4, "0");
}
