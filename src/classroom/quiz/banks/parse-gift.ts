/**
 * GIFT, as Moodle's importer reads it (question/format/gift/format.php; docs.moodle.org/en/GIFT_format).
 *
 *      ::Title:: [html]Text { answers ####general feedback } text after the answers
 *
 *      {}                             essay               no braces              description
 *      {T} {FALSE#wrong#right}        true or false
 *      {=right ~wrong#feedback}       one choice          {~%50%half ~%-100%no}  any number of choices
 *      {=this =%50%that}              short answer
 *      {#3:2} {#1..5} {#=3 =%50%3:2}  number
 *      {=a -> b =c -> d = -> e}       matching
 *      {>3 ALL                        ordering (qtype_ordering), an item a line
 *        first
 *        second }
 *
 * In three places it is stricter, where Moodle takes in silence what nobody meant: an answer that is no number in a
 * numerical question (Moodle accepts every number then), a question right below a `$CATEGORY:` line (it would become
 * part of the category's name), and one right below another question (it would become part of that one's text). A line that holds only `0` ends no question, as it does in Moodle.
 */
import { BankBuilder, type ParsedBank } from "./bank.ts";
import { readGiftAnswers } from "./gift-answers.ts";
import type { AnswerContext } from "./gift-context.ts";
import { cutPiece, readBlocks, trimPiece, unescapeText, type GiftBlock, type Piece } from "./gift-text.ts";
import { maxRawLength } from "./limits.ts";
import { hasMedia, plainText, trimText, type TextFormat } from "./plain-text.ts";

/** @param source with `\n` at the end of lines */
export function parseGift(source: string): ParsedBank {
  const builder = new BankBuilder();
  let category = "";
  for (const block of readBlocks(source)) {
    if (builder.isFull) break;
    if (block.text.startsWith("$CATEGORY:")) category = readCategory(block, builder) ?? category;
    else readQuestion(block, category, builder);
  }
  return builder.finish();
}

function readCategory(block: GiftBlock, builder: BankBuilder): string | undefined {
  const piece = trimPiece(cutPiece(block, "$CATEGORY:".length));
  const newline = piece.text.indexOf("\n");
  if (newline >= 0)
    return builder.fail(
      block.placeAt(piece.at + newline + 1),
      "a blank line must stand below a $CATEGORY line, or this becomes part of its name.",
    );
  return categoryPath(unescapeText(piece.text));
}

/** Without Moodle's context and its topmost category, which every category has. */
export function categoryPath(path: string): string {
  return trimText(path.replace(/^\$[a-z]+\$(?:\/|$)/, "").replace(/^top(?:\/|$)/, ""));
}

function readQuestion(block: GiftBlock, category: string, builder: BankBuilder): void {
  const place = block.placeAt(block.at);
  const { title, rest } = readTitle(block);
  const open = rest.text.indexOf("{");
  const close = rest.text.indexOf("}");
  if (open < 0 !== close < 0 || close < open) {
    const at = block.placeAt(rest.at + (close < 0 ? open : close));
    builder.fail(
      at,
      close < 0 ? "this '{' has no '}'." : "this '}' has no '{' before it; write \\} for the sign.",
    );
    return;
  }
  const second = close < 0 ? -1 : rest.text.indexOf("{", close);
  if (second >= 0) {
    builder.fail(
      block.placeAt(rest.at + second),
      "a question has one '{'; a blank line must stand before the next question (write \\{ for the sign).",
    );
    return;
  }
  const text = readFormatted(withoutAnswers(rest, open, close), "moodle", block, builder);
  const named = { title, category, text: text.text, ...commentNames(block.comments) };
  if (open < 0) {
    if (text.text === "") builder.fail(place, "there is no text.");
    else builder.add({ kind: "description", ...named, feedback: "" }, place);
    return;
  }
  const inside = trimPiece(cutPiece(rest, open + 1, close));
  const mark = inside.text.lastIndexOf("####");
  const feedback = mark < 0 ? { text: "", at: inside.at } : cutPiece(inside, mark + 4);
  const context: AnswerContext = { block, builder, format: text.format, readFormatted };
  const answers = readGiftAnswers(mark < 0 ? inside : trimPiece(cutPiece(inside, 0, mark)), context);
  const general = readFormatted(feedback, text.format, block, builder).text;
  if (answers !== undefined) builder.add({ ...named, feedback: general, ...answers }, place);
}

/** `::Title::`; without the second `::` there is no title, and the first is taken away. */
function readTitle(block: GiftBlock): { title: string; rest: Piece } {
  if (!block.text.startsWith("::")) return { title: "", rest: block };
  const end = block.text.indexOf("::", 2);
  if (end < 0) return { title: "", rest: cutPiece(block, 2) };
  return {
    title: trimText(unescapeText(block.text.slice(2, end))),
    rest: trimPiece(cutPiece(block, end + 2)),
  };
}

/** The question's text; where more of it follows the answers, a gap stands for them. */
function withoutAnswers(piece: Piece, open: number, close: number): Piece {
  if (open < 0) return piece;
  const gap = piece.text.endsWith("}") ? "" : "_____";
  return { text: piece.text.slice(0, open) + gap + piece.text.slice(close + 1), at: piece.at };
}

/** A piece with its format before it, `[html]`; else it has that of what it belongs to. */
function readFormatted(
  piece: Piece,
  inherited: TextFormat,
  block: GiftBlock,
  builder: BankBuilder,
): { text: string; format: TextFormat } {
  const name = /^\[(moodle|html|plain|markdown)\]/.exec(piece.text);
  const format = name === null ? inherited : (name[1] as TextFormat);
  const raw = unescapeText(name === null ? piece.text : piece.text.slice(name[0].length));
  if (raw.length > maxRawLength) {
    builder.fail(
      block.placeAt(piece.at),
      `a text of ${raw.length} characters is too long; ${maxRawLength} are allowed.`,
    );
    return { text: "", format };
  }
  if (hasMedia(raw, format))
    builder.warn(block.placeAt(piece.at), "a picture or recording is left out; there is only text here.");
  return { text: plainText(raw, format), format };
}

/** `[id:…]` and `[tag:…]` in the comments; `\]` stands for `]`. */
function commentNames(comments: string): { id: string; tags: string[] } {
  const inBrackets = (name: string): string[] =>
    Array.from(
      comments.matchAll(new RegExp(`\\[${name}:((?:\\\\\\]|[^\\][\\p{Cc}])+)\\]`, "gu")),
      ([, inside]) => trimText(inside!.replaceAll("\\]", "]")),
    ).filter((text) => text !== "");
  return { id: inBrackets("id")[0] ?? "", tags: inBrackets("tag") };
}
