/** Bytes for tests, written as they stand in the drawings of the formats. */

/** Joins bytes, hex text (blanks allowed) and runs of bytes. */
export function bytes(...parts: (string | number[] | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  const arrays = parts.map((part) => (typeof part === "string" ? fromHex(part) : part));
  const made = new Uint8Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    made.set(array, at);
    at += array.length;
  }
  return made;
}

/** A 16-bit number, the highest byte first unless `little`. */
export function u16(value: number, little = false): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(2);
  new DataView(made.buffer).setUint16(0, value, little);
  return made;
}

/** A 32-bit number, the highest byte first unless `little`. */
export function u32(value: number, little = false): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(4);
  new DataView(made.buffer).setUint32(0, value, little);
  return made;
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.fromHex(text.replaceAll(/\s/g, ""));
}
