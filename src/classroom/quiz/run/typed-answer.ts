/**
 * An answer as a person types it, at a terminal: letters of options as they are shown (`b`, `a c`), `true` or
 * `false`, a number, words; for matching a letter a prompt in the order of the prompts (`b a -`, `-` for none), for
 * ordering the letters of the items in their order.
 */
import { numberOf } from "../banks/number-range.ts";
import type { BankQuestion } from "../banks/question.ts";
import { answerKindOf, isFitting, type GivenAnswer } from "./given-answer.ts";

/** @returns in the numbers that were shown; undefined where it is no answer to the question */
export function parseTypedAnswer(question: BankQuestion, typed: string): GivenAnswer | undefined {
  const given = readTyped(question, typed);
  return given !== undefined && isFitting(question, given) ? given : undefined;
}

function readTyped(question: BankQuestion, typed: string): GivenAnswer | undefined {
  const text = typed.trim();
  switch (answerKindOf(question)) {
    case "text":
      return text === "" ? undefined : { kind: "text", text };
    case "number": {
      // Half of Europe writes a comma.
      const value = numberOf(/^[^,.]*,[^,.]*$/.test(text) ? text.replace(",", ".") : text);
      return value === undefined ? undefined : { kind: "number", value };
    }
    case "true-false":
      if (/^(?:t|true|y|yes|a)$/i.test(text)) return { kind: "true-false", value: true };
      return /^(?:f|false|n|no|b)$/i.test(text) ? { kind: "true-false", value: false } : undefined;
    case "choice": {
      const options = lettersOf(text);
      return options?.includes(-1) === false ? { kind: "choice", options } : undefined;
    }
    case "match": {
      const matches = lettersOf(text);
      return matches === undefined ? undefined : { kind: "match", matches };
    }
    case "order": {
      const items = lettersOf(text);
      return items === undefined ? undefined : { kind: "order", items };
    }
    default:
      return undefined;
  }
}

/** Letters, as spreadsheets count columns (after `z` comes `aa`), parted by blanks or commas; `-` is -1. */
function lettersOf(text: string): number[] | undefined {
  const words = text
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((word) => word !== "");
  if (words.length === 0 || !words.every((word) => /^(?:-|[a-z]{1,2})$/.test(word))) return undefined;
  return words.map((word) =>
    word === "-" ? -1 : Array.from(word).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 96, 0) - 1,
  );
}

/** The letter of what is shown at a place: a, b, …, z, aa, … */
export function shownLetter(place: number): string {
  const last = String.fromCharCode(97 + (place % 26));
  return place < 26 ? last : `${shownLetter(Math.floor(place / 26) - 1)}${last}`;
}
