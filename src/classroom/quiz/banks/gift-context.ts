/** What reading the answers of one GIFT question needs to know of the question around them. */
import type { BankBuilder } from "./bank.ts";
import { splitPiece, trimPiece, type GiftBlock, type Piece } from "./gift-text.ts";
import type { TextFormat } from "./plain-text.ts";
import type { BankQuestion } from "./question.ts";

export interface AnswerContext {
  readonly block: GiftBlock;
  readonly builder: BankBuilder;
  /** The question's format, which its answers have unless they say another. */
  readonly format: TextFormat;
  /** A piece as plain text, and the format it had. */
  readonly readFormatted: (
    piece: Piece,
    inherited: TextFormat,
    block: GiftBlock,
    builder: BankBuilder,
  ) => { text: string; format: TextFormat };
}

type CommonKeys = "title" | "category" | "text" | "feedback" | "id" | "tags";
type WithoutCommon<T> = T extends unknown ? Omit<T, CommonKeys> : never;
/** What is a question's own, beside what all questions have. */
export type AnswerPart = WithoutCommon<BankQuestion>;

/** `answer#feedback`. @param answerFormat a short answer or a number is `plain`: it is compared with what is typed */
export function readComment(
  piece: Piece,
  { block, builder, format, readFormatted }: AnswerContext,
  answerFormat: TextFormat = format,
): { answer: string; feedback: string } {
  const [answer, feedback] = splitPiece(piece, "#", 2).map(trimPiece);
  return {
    answer: readFormatted(answer!, answerFormat, block, builder).text,
    feedback: feedback === undefined ? "" : readFormatted(feedback, format, block, builder).text,
  };
}
