/** `%50%` before an answer: how much of the mark it is worth. Moodle: `/^%\-*([0-9]{1,2})\.?([0-9]*)%/`. */
import type { AnswerContext } from "./gift-context.ts";
import { cutPiece, type Piece } from "./gift-text.ts";
import { roundWeight } from "./question.ts";

/** @returns the weight from -1 to 1, and what follows it; text that only looks like a weight is text */
export function readGiftWeight(
  piece: Piece,
  otherwise: number,
  { block, builder }: AnswerContext,
): { weight: number; rest: Piece } {
  const found = /^%(-*\d{1,2}\.?\d*)%/.exec(piece.text);
  if (found === null) return { weight: otherwise, rest: piece };
  const weight = Number(found[1]) / 100;
  const rest = cutPiece(piece, found[0].length);
  if (weight >= -1 && weight <= 1) return { weight: roundWeight(weight), rest };
  builder.fail(block.placeAt(piece.at), `a weight goes from -100 to 100 per cent, and ${found[1]} does not.`);
  return { weight: otherwise, rest };
}
