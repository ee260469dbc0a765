/**
 * What somebody types to find messages: words that must all be there, `"several words"` in this order, and `begin*`
 * for all words that begin so. Everything else that a search engine could take for a command is plain text.
 */

export interface SearchTerm {
  /** With a letter or a digit in it, and no quotation mark. */
  text: string;
  isPrefix: boolean;
}

export type ParsedSearch = { ok: true; terms: SearchTerm[] } | { ok: false; reason: string };

export const maxSearchCharacters = 200;
export const maxSearchTerms = 16;

/** A shorter beginning would stand for too many words. */
export const minPrefixCharacters = 3;

export function parseSearch(typed: string): ParsedSearch {
  if (typed.length > maxSearchCharacters)
    return { ok: false, reason: `A search has at most ${maxSearchCharacters} characters.` };
  const terms: SearchTerm[] = [];
  for (const [whole, quoted] of typed.matchAll(/"([^"]*)"?|[^\s"\p{Cc}]+/gu)) {
    const isPrefix = quoted === undefined && whole.endsWith("*");
    const text = (quoted ?? (isPrefix ? whole.replace(/\*+$/, "") : whole)).replaceAll(/\p{Cc}/gu, " ");
    if (!/[\p{L}\p{N}]/u.test(text)) continue;
    if (isPrefix && text.length < minPrefixCharacters)
      return { ok: false, reason: `A beginning of a word has at least ${minPrefixCharacters} letters.` };
    terms.push({ text: text.toWellFormed(), isPrefix });
  }
  if (terms.length === 0) return { ok: false, reason: "A search needs a word." };
  if (terms.length > maxSearchTerms)
    return { ok: false, reason: `A search has at most ${maxSearchTerms} words.` };
  return { ok: true, terms };
}

/** The part of a text around the first term that is found in it as it stands, of at most so many characters. */
export function excerptOf(text: string, terms: readonly SearchTerm[], most: number): string {
  if (text.length <= most) return text;
  const lower = text.toLowerCase();
  const places = terms.map((term) => lower.indexOf(term.text.toLowerCase())).filter((place) => place >= 0);
  const middle = places.length === 0 ? 0 : Math.min(...places);
  const start = Math.max(0, Math.min(middle - Math.floor(most / 3), text.length - most + 1));
  const end = Math.min(text.length, start + most - 2);
  return `${start > 0 ? "…" : ""}${text.slice(start, end).toWellFormed()}${end < text.length ? "…" : ""}`;
}
