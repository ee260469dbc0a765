/**
 * Text from the network, made harmless for a terminal. A message may hold escape sequences that move the cursor,
 * recolour the screen or type for the reader; and marks that turn the direction of writing, which make a file
 * name read as another.
 */

/** C0 but tab and line feed, DEL, C1 (ECMA-48 §5), and the directional controls of UAX #9 §2. */
const unsafe = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Many lines for the screen: a sign stands where a control character was. */
export function showable(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(unsafe, "�");
}

/** The same for what belongs into one line, such as a name. */
export function showableLine(text: string): string {
  return showable(text).replace(/[\n\t]/g, "�");
}
