/** A colour for each name, the same on every machine and every day. */

/** Colours of the 256 (xterm) that can be read on black and on white: contrast at least 3 to either. */
export const speakerPalette = [26, 29, 61, 64, 94, 97, 127, 130, 132, 160, 166, 168] as const;

/** @returns the number of a colour, by FNV-1a over the name's UTF-8 */
export function speakerColour(name: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(name)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return speakerPalette[hash % speakerPalette.length]!;
}
