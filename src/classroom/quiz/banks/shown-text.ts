/** A piece of a file as it may stand in a sentence: one line, short, harmless for a terminal. */
import { showableLine } from "../../../lib/showable.ts";

const maxShownLength = 40;

export function shownText(text: string): string {
  const line = showableLine(text.slice(0, maxShownLength).toWellFormed().replaceAll(/\s+/g, " "));
  return text.length <= maxShownLength ? line : `${line}…`;
}
