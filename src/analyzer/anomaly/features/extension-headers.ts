/** How many extension headers an IPv6 packet has (RFC 8200, section 4), as far as it was captured. */
import { maxExtensionHeaders } from "./limits.ts";

const hopByHop = 0;
const routing = 43;
const fragment = 44;
const authentication = 51;
const destinationOptions = 60;

/**
 * @param start of the IPv6 header, whose 40 bytes are there
 * @param end of what was captured
 */
export function countExtensionHeaders(bytes: Uint8Array, start: number, end: number): number {
  let next = bytes[start + 6]!;
  let at = start + 40;
  let count = 0;
  while (count < maxExtensionHeaders && isExtension(next)) {
    count++;
    if (at + 8 > end) break;
    const kind = next;
    const length = bytes[at + 1]!;
    next = bytes[at]!;
    // What follows the header of a later fragment is data, whatever the header says.
    if (kind === fragment && (((bytes[at + 2]! << 8) | bytes[at + 3]!) & 0xfff8) !== 0) break;
    // A fragment header has one length; authentication counts words of four (RFC 4302), others of eight.
    if (kind === fragment) at += 8;
    else at += kind === authentication ? (length + 2) * 4 : (length + 1) * 8;
  }
  return count;
}

function isExtension(header: number): boolean {
  return (
    header === hopByHop ||
    header === routing ||
    header === fragment ||
    header === authentication ||
    header === destinationOptions
  );
}
