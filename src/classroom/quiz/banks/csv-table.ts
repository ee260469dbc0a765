/**
 * CSV (RFC 4180) with places: cells in quotes may hold separators, line ends and doubled quotes. The separator is
 * the one of `,`, `;` and tab that the first line holds most of, as spreadsheets of different countries write it.
 *
 * A cell that a spreadsheet would take for a formula (it begins with = + - @ or a tab) is written with an
 * apostrophe before it, and read without it.
 */
import { placeIn, type Place } from "./source-text.ts";

export interface CsvCell {
  readonly text: string;
  /** Where it begins in the source. */
  readonly offset: number;
}

export type CsvResult =
  | { readonly ok: true; readonly rows: readonly (readonly CsvCell[])[] }
  | { readonly ok: false; readonly place: Place; readonly sentence: string };

/** @param source with `\n` at the end of lines; rows without any text are left out */
export function parseCsv(source: string): CsvResult {
  const separator = separatorOf(source);
  const rows: CsvCell[][] = [];
  let row: CsvCell[] = [];
  let at = 0;
  for (;;) {
    const offset = at;
    let text: string;
    if (source[at] === '"') {
      const end = closingQuote(source, at);
      if (end === undefined)
        return { ok: false, place: placeIn(source, offset), sentence: "this quote is never closed." };
      text = source.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
      if (at < source.length && source[at] !== separator && source[at] !== "\n")
        return {
          ok: false,
          place: placeIn(source, at),
          sentence: "a separator or the end of the line must follow a closing quote.",
        };
    } else {
      while (at < source.length && source[at] !== separator && source[at] !== "\n") at++;
      text = source.slice(offset, at);
    }
    row.push({ text: withoutGuard(text), offset });
    const end = source[at++];
    if (end === separator) continue;
    if (row.some((cell) => cell.text.trim() !== "")) rows.push(row);
    row = [];
    if (end === undefined) return { ok: true, rows };
  }
}

function separatorOf(source: string): string {
  const newline = source.indexOf("\n");
  const first = newline < 0 ? source : source.slice(0, newline);
  const counts = [",", ";", "\t"].map((sign) => first.split(sign).length);
  return [",", ";", "\t"][counts.indexOf(Math.max(...counts))]!;
}

function closingQuote(source: string, open: number): number | undefined {
  for (let at = source.indexOf('"', open + 1); at >= 0; at = source.indexOf('"', at + 2))
    if (source[at + 1] !== '"') return at;
  return undefined;
}

/** @returns lines that end in CRLF, as RFC 4180 has them */
export function formatCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(formatCell).join(",")}\r\n`).join("");
}

/** Numbers stay numbers. */
function formatCell(text: string): string {
  const guarded = /^'*[=+\-@\t]/.test(text) && !/^[+-]?\d+(?:\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",;\t\n\r]|^\s|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

function withoutGuard(text: string): string {
  return /^'+[=+\-@\t]/.test(text) ? text.slice(1) : text;
}
