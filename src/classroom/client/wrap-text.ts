/** Text for a terminal, broken between words. */

/** Longer lines are left to the terminal, which breaks them anywhere. */
const maxWrappedCharacters = 16_384;
/** What goes on begins with it, so that no part of a message looks like one. */
const indent = "  ";

/**
 * Breaks the lines that are wider than the terminal, at blanks; a word that is wider itself stays whole, so that an
 * address can still be opened or copied.
 * @param text may hold colours (SGR)
 * @param columns of the terminal
 */
export function wrapText(text: string, columns: number): string {
  const room = columns - indent.length;
  if (room < 20) return text;
  return text
    .split("\n")
    .map((line) => (isWide(line, columns) ? wrapLine(line, room) : line))
    .join("\n");
}

function isWide(line: string, columns: number): boolean {
  return line.length > columns && line.length <= maxWrappedCharacters && Bun.stringWidth(line) > columns;
}

function wrapLine(line: string, room: number): string {
  const [first = "", ...rest] = Bun.wrapAnsi(line, room, { trim: false }).split("\n");
  return [first, ...rest.map((part) => indent + part.trimStart())].map((part) => part.trimEnd()).join("\n");
}
