/**
 * The names of people: what may be one, and when two are the same. A name stands in chat lines, in CSV rows and
 * as the name of a folder, so it must not be able to pass for something else in any of them.
 */
import { composed } from "../../lib/composed.ts";

export const maxNameCharacters = 32;

/** Characters of what somebody types for a name: in no form of Unicode is a name longer. */
const maxTypedCharacters = 1_024;

/** Names that the server needs for itself. */
const takenNames = new Set(["server", "all", "all_quiz_scores"]);

/**
 * Controls, separators of lines, marks that turn the direction of text, and characters that nobody sees: they would
 * forge what is shown. The joiners U+200C and U+200D stay, for Indic scripts and emoji need them.
 */
const control =
  /[\p{Cc}\p{Zl}\p{Zp}\u00AD\u061C\u115F\u1160\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\u{E0000}-\u{E007F}]|\u034F/u;

export type NameCheck = { ok: true; name: string } | { ok: false; reason: string };

/**
 * @param what whose name it is, as the sentence says it
 * @returns the name in the form it is kept in (NFC), or a sentence that says which rule it breaks
 */
export function checkName(typed: string, what = "username"): NameCheck {
  const name = typed.length > maxTypedCharacters ? typed : composed(typed);
  const reason = brokenRule(name, what);
  return reason === undefined ? { ok: true, name } : { ok: false, reason };
}

/**
 * The key under which a name is unique: two names with the same key are one name, as are two that differ only in
 * case or in blanks behind them. What is too long for a name has the empty key, which nobody has.
 */
export function nameKey(name: string): string {
  if (name.length > maxTypedCharacters) return "";
  // Up and down again: `ß` and `SS`, `ς` and `σ` meet.
  return composed(composed(name.trim()).toUpperCase().toLowerCase());
}

function brokenRule(name: string, what: string): string | undefined {
  if (name === "") return `A ${what} cannot be empty.`;
  if ([...name].length > maxNameCharacters) return `A ${what} has at most ${maxNameCharacters} characters.`;
  if (!name.isWellFormed() || name.includes("\uFFFD")) return `A ${what} must be readable text (UTF-8).`;
  if (control.test(name)) return `A ${what} cannot hold control characters.`;
  if (/[:,"'/\\]/.test(name)) return `A ${what} cannot hold any of : , " ' / \\`;
  if (/^[=+\-@.\s]/u.test(name)) return `A ${what} cannot begin with = + - @ . or a blank.`;
  if (takenNames.has(nameKey(name))) return `The ${what} '${name}' is taken by the server.`;
  return undefined;
}
