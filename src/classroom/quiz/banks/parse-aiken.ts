/**
 * Aiken, as Moodle's importer reads it (question/format/aiken/format.php; docs.moodle.org/en/Aiken_format):
 *
 *      The question, in one line
 *      A. an option        a capital letter, '.' or ')'; Moodle needs no blank after it
 *      B) another
 *      ANSWER: B
 *
 * Moodle counts options from A whatever their letters are; here they must be A, B, C … in this order, and the
 * answer must be one of them. A line of one character is skipped, as Moodle does.
 */
import { BankBuilder, type ParsedBank } from "./bank.ts";
import { trimText } from "./plain-text.ts";
import type { WeightedText } from "./question.ts";
import { shownText } from "./shown-text.ts";
import type { Place } from "./source-text.ts";

interface OpenQuestion {
  text: string;
  place: Place;
  options: WeightedText[];
}

/** @param source with `\n` at the end of lines */
export function parseAiken(source: string): ParsedBank {
  const builder = new BankBuilder();
  let open: OpenQuestion | undefined;
  for (const [index, raw] of source.split("\n").entries()) {
    if (builder.isFull) break;
    const line = trimText(raw);
    const place = { line: index + 1, column: raw.length - raw.trimStart().length + 1 };
    if (line.length < 2) continue;
    const letter = /^([A-Z])[).]/.exec(line)?.[1];
    if (letter !== undefined) {
      if (open === undefined) builder.fail(place, "an option stands before any question.");
      else addOption(open, letter, trimText(line.slice(2)), place, builder);
    } else if (line.startsWith("ANSWER:")) {
      if (open === undefined) builder.fail(place, "an answer stands before any question.");
      else finishQuestion(open, trimText(line.slice("ANSWER:".length)), place, builder);
      open = undefined;
    } else {
      if (open !== undefined) tellUnfinished(open, builder);
      open = { text: line, place, options: [] };
    }
  }
  if (open !== undefined) tellUnfinished(open, builder);
  return builder.finish();
}

function addOption(
  { options }: OpenQuestion,
  letter: string,
  text: string,
  place: Place,
  builder: BankBuilder,
): void {
  const expected = letterOf(options.length);
  if (letter !== expected)
    builder.fail(
      place,
      expected === undefined
        ? "there are more than 26 options."
        : `the option ${expected} should stand here, and not ${letter}.`,
    );
  if (text === "") builder.fail(place, `the option ${letter} has no text.`);
  options.push({ text, weight: 0, feedback: "" });
}

function finishQuestion(open: OpenQuestion, answer: string, place: Place, builder: BankBuilder): void {
  const { text, options } = open;
  if (options.length < 2)
    return builder.fail(place, `the question of line ${open.place.line} needs two options or more.`);
  const letter = answer.charAt(0);
  const right = options.findIndex((_, index) => letterOf(index) === letter);
  if (right < 0) {
    const last = letterOf(options.length - 1);
    return builder.fail(
      place,
      `the answer must be a letter from A to ${last}, and not '${shownText(answer)}'.`,
    );
  }
  if (answer.length > 1) builder.warn(place, `only the first letter of the answer counts, ${letter}.`);
  builder.add(
    {
      kind: "choice",
      title: "",
      category: "",
      text,
      feedback: "",
      id: "",
      tags: [],
      single: true,
      options: options.map(({ text, feedback }, index) => ({
        text,
        weight: index === right ? 1 : 0,
        feedback,
      })),
    },
    open.place,
  );
}

function tellUnfinished({ place, options }: OpenQuestion, builder: BankBuilder): void {
  const hint = options.length === 0 ? " (a question is one line)" : "";
  builder.fail(place, `this question has no line 'ANSWER: …'${hint}.`);
}

/** A for 0, up to Z. */
export function letterOf(index: number): string | undefined {
  return index < 26 ? String.fromCharCode(65 + index) : undefined;
}
