/** The answers of a numerical question: `3`, `3:2` (within 2 of 3), `1..5`, `*` (any), `~#said for a wrong one`. */
import { readComment, type AnswerContext, type AnswerPart } from "./gift-context.ts";
import { cutPiece, splitPiece, trimPiece, type Piece } from "./gift-text.ts";
import { readGiftWeight } from "./gift-weight.ts";
import { parseNumberRange } from "./number-range.ts";
import type { NumericAnswer } from "./question.ts";

/** @param piece begins with `#` */
export function readNumericAnswers(piece: Piece, context: AnswerContext): AnswerPart | undefined {
  const { block, builder } = context;
  const wrongAt = piece.text.indexOf("~");
  const parts = splitPiece(cutPiece(piece, 1, wrongAt < 0 ? undefined : wrongAt), "=").map(trimPiece);
  const answers: NumericAnswer[] = [];
  for (const part of parts[0]!.text === "" ? parts.slice(1) : parts) {
    const { weight, rest } = readGiftWeight(part, 1, context);
    const { answer, feedback } = readComment(
      trimPiece(rest),
      { ...context, format: "plain" },
      context.format,
    );
    const range = parseNumberRange(answer);
    if (typeof range === "string") return builder.fail(block.placeAt(rest.at), range);
    answers.push({ range, weight, feedback });
  }
  if (answers.length === 0) return builder.fail(block.placeAt(piece.at), "there is no number after '#'.");
  if (wrongAt >= 0) {
    const { feedback } = readComment(cutPiece(piece, wrongAt), context);
    answers.push({ range: { kind: "any" }, weight: 0, feedback });
  }
  return { kind: "numeric", answers };
}
