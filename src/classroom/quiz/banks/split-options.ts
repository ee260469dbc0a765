/** The options of a question of the first pcs, of which several may share a line. */
import { trimText } from "./plain-text.ts";

/** `a. x  b. y`: a letter and a full stop, at the beginning or after white space, begin an option. */
export function splitOptions(text: string): { letter: string; text: string }[] {
  const heads = Array.from(text.matchAll(/(?:^|\s)([a-z])\./gi));
  return heads.map((head, index) => ({
    letter: head[1]!.toLowerCase(),
    text: trimText(text.slice(head.index + head[0].length, heads[index + 1]?.index)),
  }));
}
