/**
 * Bytes of a file into text with places. Lines end in LF, CRLF or CR; a byte order mark is taken away; what is no
 * UTF-8 is read as Windows-1252, which holds Latin-1, and that is told; NUL is in no text.
 */
import { maxBankBytes } from "./limits.ts";

/** Counted from 1; a column is a character. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface SourceText {
  /** Lines end in `\n`. */
  readonly text: string;
  /** Sentences about the file as a whole. */
  readonly warnings: readonly string[];
}

export type SourceResult =
  | { readonly ok: true; readonly source: SourceText }
  | { readonly ok: false; readonly place: Place; readonly sentence: string };

export function decodeSource(bytes: Uint8Array): SourceResult {
  const start = { line: 1, column: 1 };
  if (bytes.length > maxBankBytes)
    return {
      ok: false,
      place: start,
      sentence: `${bytes.length} bytes are too many; ${maxBankBytes} are allowed.`,
    };
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return { ok: false, place: start, sentence: "this is UTF-16; save it as UTF-8." };
  const warnings: string[] = [];
  const text = normaliseText(decodeUtf8(bytes) ?? decodeLatin1(bytes, warnings));
  const zero = text.indexOf("\0");
  if (zero >= 0)
    return { ok: false, place: placeIn(text, zero), sentence: "there is a NUL, so this is no text." };
  return { ok: true, source: { text, warnings } };
}

/** No byte order mark, `\n` at the end of lines, no half surrogate pairs. */
export function normaliseText(text: string): string {
  return text
    .replace(/^\uFEFF/, "")
    .replaceAll(/\r\n?/g, "\n")
    .toWellFormed();
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function decodeLatin1(bytes: Uint8Array, warnings: string[]): string {
  warnings.push("this is no UTF-8, and was read as Latin-1 (Windows-1252); look at its accents.");
  return new TextDecoder("windows-1252").decode(bytes);
}

/** The place of a character; one look-up costs the text before it. */
export function placeIn(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: charactersOf(before.slice(lineStart)) + 1 };
}

/** The places of many characters of one text, by bisection. */
export class PlaceIndex {
  readonly #text: string;
  readonly #lineStarts: number[] = [0];

  constructor(text: string) {
    this.#text = text;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.#lineStarts.push(at + 1);
  }

  at(offset: number): Place {
    let [from, to] = [0, this.#lineStarts.length];
    while (to - from > 1) {
      const middle = (from + to) >>> 1;
      if (this.#lineStarts[middle]! <= offset) from = middle;
      else to = middle;
    }
    return { line: from + 1, column: charactersOf(this.#text.slice(this.#lineStarts[from], offset)) + 1 };
  }
}

function charactersOf(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
