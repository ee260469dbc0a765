/**
 * The names of people: what may be one, and when two are the same. A name stands in chat lines, in CSV rows and
 * as the name of a folder, so it must not be able to pass for something else in any of them.
 */
import { composed } from "../../lib/composed.ts";
import { foldLookAlikes } from "./look-alikes.ts";

export const maxNameCharacters = 32;

/** Characters of what somebody types for a name: in no form of Unicode is a name longer. */
const maxTypedCharacters = 1_024;

/** Names that the server needs for itself. */
const takenNames = new Set(["server", "all", "all_quiz_scores"]);

/**
 * Controls, separators of lines, marks that turn the direction of text, and characters that nobody sees (UAX #44:
 * Default_Ignorable_Code_Point): they would forge what is shown.
 */
const control = /[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Joiners where somebody sees what they do: in Indic and Arabic scripts, and between emoji. */
const seenJoiner =
  /(?<=[\p{M}--\p{Script=Inherited}]|\p{Script=Arabic}|\p{Extended_Pictographic}|\p{Emoji_Modifier})[\u200C\u200D]/gv;

/** They choose how an emoji is drawn, and make no other name. */
const variants = /[\uFE0E\uFE0F]/g;

export type NameCheck = { ok: true; name: string } | { ok: false; reason: string };

/**
 * @param what whose name it is, as the sentence says it
 * @returns the name in the form it is kept in (NFC), or a sentence that says which rule it breaks
 */
export function checkName(typed: string, what = "username"): NameCheck {
  const name = typed.length > maxTypedCharacters ? typed : composed(typed).replaceAll(variants, "");
  const reason = brokenRule(name, what);
  return reason === undefined ? { ok: true, name } : { ok: false, reason };
}

/**
 * The key under which a name is unique: two names with the same key are one name, as are two that differ only in
 * case, in blanks behind them or how many between, or in letters of another alphabet that look the same. What is too long for a name has the empty key, which nobody has.
 */
export function nameKey(name: string): string {
  if (name.length > maxTypedCharacters) return "";
  // Up and down again: `ß` and `SS`, `ς` and `σ` meet.
  const plain = name.replaceAll(variants, "").trim().replaceAll(/\s+/gu, " ");
  return foldLookAlikes(composed(composed(plain).toUpperCase().toLowerCase()));
}

function brokenRule(name: string, what: string): string | undefined {
  if (name === "") return `A ${what} cannot be empty.`;
  if ([...name].length > maxNameCharacters) return `A ${what} has at most ${maxNameCharacters} characters.`;
  if (!name.isWellFormed() || name.includes("\uFFFD")) return `A ${what} must be readable text (UTF-8).`;
  if (control.test(name.replaceAll(seenJoiner, ""))) return `A ${what} cannot hold control characters.`;
  if (/[:,"'/\\]/.test(name)) return `A ${what} cannot hold any of : , " ' / \\`;
  if (/^[=+\-@.\s]/u.test(name)) return `A ${what} cannot begin with = + - @ . or a blank.`;
  if (takenNames.has(nameKey(name.normalize("NFKC")))) return `The ${what} '${name}' is taken by the server.`;
  return undefined;
}
