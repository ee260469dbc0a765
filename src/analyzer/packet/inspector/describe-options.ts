/** The options behind the 20 fixed bytes of an IPv4 or TCP header, which both write alike. */
import type { HeaderReader } from "./header-reader.ts";

/**
 *      0
 *     | kind | length, with these two | value …     kinds 0 and 1 are alone
 *
 * @param end where the header ends
 * @param show tells one option: its kind, where it stands in the header, and its length
 */
export function describeOptions(
  r: HeaderReader,
  end: number,
  show: (kind: number, at: number, length: number) => void,
): void {
  let at = 20;
  while (at < end && r.has(at, 1)) {
    const kind = r.peek(at, 1);
    const length = kind < 2 ? 1 : r.peek(at + 1, 1);
    if (length < 1 || at + length > end) return r.raw("Damaged", at, end - at);
    show(kind, at, length);
    if (kind === 0) return;
    at += length;
  }
}
