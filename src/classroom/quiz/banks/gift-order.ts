/**
 * Ordering, as Moodle's qtype_ordering writes it into GIFT:
 *
 *      {>3 ALL VERTICAL ABSOLUTE_POSITION      how many are shown, which, how laid out, how marked
 *        first                                 items in the right order, one a line
 *        second }
 */
import type { AnswerContext, AnswerPart } from "./gift-context.ts";
import { unescapeText, type Piece } from "./gift-text.ts";
import { trimText } from "./plain-text.ts";
import type { OrderGrading } from "./question.ts";

const select = "(ALL|EXACT|RANDOM|REL|CONTIGUOUS|CONTIG)?";
const layout = "(?:HORIZONTAL|HORI|H|1|VERTICAL|VERT|V|0)?";
const gradings =
  "ALL_OR_NOTHING|ABSOLUTE_POSITION|ABSOLUTE|ABS|RELATIVE_NEXT_EXCLUDE_LAST|RELATIVE_NEXT_INCLUDE_LAST|" +
  "RELATIVE_ONE_PREVIOUS_AND_NEXT|RELATIVE_ALL_PREVIOUS_AND_NEXT|RELATIVE|REL|LONGEST_ORDERED_SUBSET|" +
  "LONGEST_CONTIGUOUS_SUBSET";
/** Newer versions of Moodle add whether marks are shown, and how items are numbered. */
const extras = "(?:[ \\t]+(?:SHOW|TRUE|YES|1|HIDE|FALSE|NO|0|none|abc|ABCD|123|iii|IIII))*";
const head = new RegExp(
  `^>[ \\t]*(\\d+)[ \\t]*${select}[ \\t]*${layout}[ \\t]*(${gradings})?${extras}[ \\t]*(?:\\n|$)`,
);

/** @returns undefined where this is no ordering after all, or where something was wrong and has been told */
export function readOrderItems(piece: Piece, context: AnswerContext): AnswerPart | undefined {
  const found = head.exec(piece.text);
  if (found === null) return undefined;
  const { block, builder } = context;
  const items = piece.text
    .slice(found[0].length)
    .split("\n")
    .map((line) => trimText(unescapeText(line)))
    .filter((line) => line !== "");
  const place = block.placeAt(piece.at);
  if (items.length < 2) return builder.fail(place, "ordering needs two items or more.");
  const shown = Number(found[1]);
  if (shown > 2 && shown < items.length && found[2] !== "ALL" && found[2] !== "EXACT")
    builder.warn(place, `all ${items.length} items are to be put in order, and not ${shown} of them.`);
  return { kind: "order", items, grading: gradingOf(found[3]) };
}

/** Moodle's other ways of marking come closest to `next`, which is also its own default. */
function gradingOf(name: string | undefined): OrderGrading {
  if (name === "ALL_OR_NOTHING") return "exact";
  return name?.startsWith("ABS") === true ? "position" : "next";
}
