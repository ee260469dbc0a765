/** From the words of codes that `ContextFeatures` writes to a row of codes, a byte a feature. */
import { maxCode, stepsPerE } from "./feature-code.ts";
import { featureCount } from "./feature-list.ts";

/** The byte of the words, counted from the lowest of word 0, that each feature's code is; the last are packed. */
const byteOf = [0, 1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13, 16, 17, 18, 19, 7, 20, 6, 23, 21, 22, 23, 23];
/** Bits of a byte, and how far they are moved, where a feature has not all of it. */
const maskOf = byteOf.map(() => 255);
const shiftOf = byteOf.map(() => 0);
const [fragment, entropy, isNew] = [19, 22, 23];
maskOf[fragment] = 1;
shiftOf[entropy] = 2;
maskOf[entropy] = 63;
shiftOf[isNew] = 1;
maskOf[isNew] = 1;

/** Writes `featureCount` codes of the words that begin at `at` into `codes`, from `start` on. */
export function unpackCodes(words: Int32Array, at: number, codes: Uint8Array, start: number): void {
  for (let c = 0; c < featureCount; c++) {
    const place = byteOf[c]!;
    codes[start + c] = (words[at + (place >> 2)]! >>> (8 * (place & 3) + shiftOf[c]!)) & maskOf[c]!;
  }
}

/** The code that a feature's value on the scale of logarithms has in a row. */
export function codeOfScaled(column: number, scaled: number): number {
  const code = Math.min(maxCode, Math.round(scaled * stepsPerE));
  return column === entropy && scaled > 0 ? code + 1 : code;
}
