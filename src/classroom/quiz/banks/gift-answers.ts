/** What stands between the braces of a GIFT question: which kind of question it is, and its answers. */
import { readComment, type AnswerContext, type AnswerPart } from "./gift-context.ts";
import { cutPiece, splitPiece, trimPiece, unescapeText, type Piece } from "./gift-text.ts";
import { readNumericAnswers } from "./gift-numbers.ts";
import { readOrderItems } from "./gift-order.ts";
import { readGiftWeight } from "./gift-weight.ts";
import { trimText } from "./plain-text.ts";
import type { WeightedText } from "./question.ts";

/**
 * @param piece trimmed, and without the general feedback
 * @returns undefined where something is wrong, which has been told
 */
export function readGiftAnswers(piece: Piece, context: AnswerContext): AnswerPart | undefined {
  const { text } = piece;
  if (text === "") return { kind: "essay" };
  if (text.startsWith(">")) {
    const order = readOrderItems(piece, context);
    if (order !== undefined) return order;
  }
  if (text.startsWith("#")) return readNumericAnswers(piece, context);
  if (text.includes("~")) return readChoice(piece, context);
  if (text.includes("=") && text.includes("->")) return readMatch(piece, context);
  const word = trimText(text.split("#", 1)[0]!);
  if (["T", "TRUE", "F", "FALSE"].includes(word)) return readTrueFalse(piece, word.startsWith("T"), context);
  return readShort(piece, context);
}

/** `=` and `~` both begin an option; with no `=` any number may be chosen. */
function readChoice(piece: Piece, context: AnswerContext): AnswerPart | undefined {
  const { block, builder } = context;
  const options: WeightedText[] = [];
  for (const part of withoutEmptyFirst(splitAtSigns(piece), context)) {
    const isRight = part.text.startsWith("=");
    const { weight, rest } = isRight
      ? { weight: 1, rest: cutPiece(part, 1) }
      : readGiftWeight(part, 0, context);
    if (isRight && /^\s*%-*\d/.test(rest.text))
      builder.warn(
        block.placeAt(rest.at),
        "a weight after '=' is part of the text here; write '~' before it.",
      );
    const { answer, feedback } = readComment(rest, context);
    if (answer === "") builder.warn(block.placeAt(part.at), "an option without text is left out.");
    else options.push({ text: answer, weight, feedback });
  }
  if (options.length < 2) return builder.fail(block.placeAt(piece.at), "a choice needs two options or more.");
  return { kind: "choice", single: piece.text.includes("="), options };
}

/** At each `~` and before each `=`; the parts are trimmed. */
function splitAtSigns(piece: Piece): Piece[] {
  return splitPiece(piece, "~").flatMap((part) => {
    const [first, ...rights] = splitPiece(part, "=");
    // `~=` begins one option, and not an empty one before it.
    const before = trimPiece(first!).text === "" && rights.length > 0 ? [] : [first!];
    return [...before, ...rights.map(({ text, at }) => ({ text: `=${text}`, at: at - 1 }))].map(trimPiece);
  });
}

/** What stands before the first sign is an answer, too, if it is anything. */
function withoutEmptyFirst(parts: Piece[], { block, builder }: AnswerContext): Piece[] {
  const [first, ...rest] = parts;
  if (first === undefined || first.text === "") return rest;
  if (rest.length > 0 && !first.text.startsWith("="))
    builder.warn(block.placeAt(first.at), "the first answer has neither '=' nor '~' before it.");
  return parts;
}

function readShort(piece: Piece, context: AnswerContext): AnswerPart | undefined {
  const { block, builder } = context;
  const answers: WeightedText[] = [];
  const parts = splitPiece(piece, "=").map(trimPiece);
  for (const part of parts[0]!.text === "" ? parts.slice(1) : parts) {
    const { weight, rest } = readGiftWeight(part, 1, context);
    const { answer, feedback } = readComment(rest, context, "plain");
    if (answer === "") builder.warn(block.placeAt(part.at), "an answer without text is left out.");
    else answers.push({ text: answer, weight, feedback });
  }
  if (answers.length === 0) return builder.fail(block.placeAt(piece.at), "a short answer needs an answer.");
  if (answers.length === 1 && /^(?:true|false)$/i.test(answers[0]!.text))
    builder.warn(
      block.placeAt(piece.at),
      "this is a short answer; true or false is written {TRUE} or {FALSE}.",
    );
  return { kind: "short", answers };
}

function readMatch(piece: Piece, context: AnswerContext): AnswerPart | undefined {
  const { block, builder, format } = context;
  const pairs: { prompt: string; answer: string }[] = [];
  const distractors: string[] = [];
  const parts = splitPiece(piece, "=").map(trimPiece);
  for (const part of parts[0]!.text === "" ? parts.slice(1) : parts) {
    const arrow = part.text.indexOf("->");
    if (arrow < 0)
      return builder.fail(block.placeAt(part.at), "a pair needs '->' between what is matched and its match.");
    const prompt = context.readFormatted(cutPiece(part, 0, arrow), format, block, builder).text;
    const answer = trimText(unescapeText(part.text.slice(arrow + 2)));
    if (answer === "") return builder.fail(block.placeAt(part.at), "there is no match after '->'.");
    if (prompt === "") distractors.push(answer);
    else pairs.push({ prompt, answer });
  }
  if (pairs.length + distractors.length < 2 || pairs.length === 0)
    return builder.fail(block.placeAt(piece.at), "matching needs a pair and a second answer.");
  return { kind: "match", pairs, distractors };
}

/** The first feedback is for the wrong answer, the second for the right one. */
function readTrueFalse(piece: Piece, answer: boolean, context: AnswerContext): AnswerPart {
  const [, wrong = "", right = ""] = splitPiece(piece, "#", 3).map(
    (part) => context.readFormatted(trimPiece(part), context.format, context.block, context.builder).text,
  );
  return {
    kind: "true-false",
    answer,
    feedbackTrue: answer ? right : wrong,
    feedbackFalse: answer ? wrong : right,
  };
}
