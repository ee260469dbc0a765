/**
 * The text of a GIFT file before its grammar: blocks parted by blank lines, comments, escapes.
 *
 *      // a line of comment, anywhere; [id:q7] and [tag:waves] in it name and tag the question
 *      ::Title::Question text{answers}       lines without a blank line between them are one block
 *
 * An escaped sign (`\~ \= \# \{ \} \:` and `\n`) becomes a character that no grammar knows, and turns back into
 * itself when a piece of text is taken out. Moodle does the same (question/format/gift/format.php, escapedchar_pre
 * and escapedchar_post; question/format.php, readquestions).
 */
import { PlaceIndex, type Place } from "./source-text.ts";

/** Stand for escaped signs: characters that Unicode keeps for a program's own use (U+FDD0 to U+FDEF). */
const escapes = new Map(Array.from(":#={}~n", (sign, index) => [sign, String.fromCharCode(0xfdd0 + index)]));
const signs = new Map(
  Array.from(escapes, ([sign, placeholder]) => [placeholder, sign === "n" ? "\n" : sign]),
);
const reserved = /[\uFDD0-\uFDEF]/g;

/** A part of a block, which knows where it stands in it. */
export interface Piece {
  /** Escaped signs are placeholders in it. */
  readonly text: string;
  /** Where it begins in its block. */
  readonly at: number;
}

export interface GiftBlock extends Piece {
  /** The lines of comment in it. */
  readonly comments: string;
  /** Where in the file a character of the block stands. */
  placeAt(at: number): Place;
}

/** The blocks of a file. @param source with `\n` at the end of lines */
export function* readBlocks(source: string): Generator<GiftBlock> {
  const places = new PlaceIndex(source);
  let lines = new BlockLines(places);
  for (let start = 0; start <= source.length;) {
    const newline = source.indexOf("\n", start);
    const end = newline < 0 ? source.length : newline;
    const line = trimPiece({ text: source.slice(start, end), at: start });
    if (line.text !== "") lines.add(line);
    else {
      yield* lines.blocks();
      lines = new BlockLines(places);
    }
    start = end + 1;
  }
  yield* lines.blocks();
}

/** The lines of one block while they come. */
class BlockLines {
  readonly #places: PlaceIndex;
  readonly #characters: string[] = [];
  /** For each character where it stood in the file. */
  readonly #offsets: number[] = [];
  #comments = "";

  constructor(places: PlaceIndex) {
    this.#places = places;
  }

  add({ text, at }: Piece): void {
    if (this.#characters.length > 0) this.#push("\n", at - 1);
    if (text.startsWith("//")) {
      this.#comments += `${text}\n`;
      this.#push(" ", at);
      return;
    }
    const clean = text.replaceAll(reserved, "\uFFFD");
    for (let i = 0; i < clean.length; i++) {
      const character = clean[i]!;
      const next = clean[i + 1];
      if (character === "\\" && next === "\\") this.#push("\\", at + i++);
      else if (character === "\\" && next !== undefined && escapes.has(next))
        this.#push(escapes.get(next)!, at + i++);
      else this.#push(character, at + i);
    }
  }

  #push(character: string, offset: number): void {
    this.#characters.push(character);
    this.#offsets.push(offset);
  }

  /** The block, unless it is only comment. */
  *blocks(): Generator<GiftBlock> {
    const piece = trimPiece({ text: this.#characters.join(""), at: 0 });
    if (piece.text === "") return;
    const [places, offsets] = [this.#places, this.#offsets];
    yield {
      ...piece,
      comments: this.#comments,
      placeAt: (at) => places.at(offsets[Math.min(at, offsets.length - 1)]!),
    };
  }
}

export function cutPiece({ text, at }: Piece, from: number, to = text.length): Piece {
  return { text: text.slice(from, to), at: at + from };
}

/** Without the white space around it, as PHP's `trim` knows it. */
export function trimPiece(piece: Piece): Piece {
  const start = piece.text.search(/[^ \t\n\r\0\v]/);
  if (start < 0) return { text: "", at: piece.at };
  return { text: piece.text.slice(start).replace(/[ \t\n\r\0\v]+$/, ""), at: piece.at + start };
}

/** The parts between the separators, at most `limit` of them; the last one holds the rest. */
export function splitPiece(piece: Piece, separator: string, limit = Infinity): Piece[] {
  const parts: Piece[] = [];
  let from = 0;
  while (parts.length < limit - 1) {
    const at = piece.text.indexOf(separator, from);
    if (at < 0) break;
    parts.push(cutPiece(piece, from, at));
    from = at + separator.length;
  }
  return [...parts, cutPiece(piece, from)];
}

/** Escaped signs are themselves again. */
export function unescapeText(text: string): string {
  return text.replaceAll(reserved, (placeholder) => signs.get(placeholder) ?? placeholder);
}

/** A text as it must be written to be read as itself. A line end becomes `\n`. */
export function escapeText(text: string): string {
  return text.replaceAll(/[\\:#={}~\n]/g, (sign) => (sign === "\n" ? "\\n" : `\\${sign}`));
}
