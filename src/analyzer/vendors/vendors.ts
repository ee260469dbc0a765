/** Who made a network card, by the first bytes of its address. Loaded only for a report that has such addresses. */
import { gunzipSync } from "node:zlib";
import { packVendors } from "./pack-vendors.ts" with { type: "macro" };

const idDigits = 4;

interface Packed {
  /** Sorted records of one width, a text a length of prefix, the longest prefix last. */
  groups: string[];
  names: string[];
}

const packed = JSON.parse(gunzipSync(Buffer.from(packVendors(), "base64")).toString()) as Packed;
const prefixDigits = [6, 7, 9];

/** Bit 1 of the first byte: the address was made up by whoever uses it (IEEE 802, section 8.4). */
const locallyAdministered = 0x02000000;

/**
 * @param high the address's first 32 bits, and `low` its last 16
 * @returns null for an address that no maker gave, or of a maker that is not in the list
 */
export function vendorOf(high: number, low: number): string | null {
  if ((high & locallyAdministered) !== 0) return null;
  const digits = high.toString(16).padStart(8, "0") + low.toString(16).padStart(4, "0");
  const text = digits.toUpperCase();
  // The longest prefix knows best.
  for (let i = prefixDigits.length - 1; i >= 0; i--) {
    const name = find(packed.groups[i]!, text.slice(0, prefixDigits[i]));
    if (name !== undefined) return name;
  }
  return null;
}

/** Looks a prefix up in its sorted records. */
function find(records: string, prefix: string): string | undefined {
  const width = prefix.length + idDigits;
  let from = 0;
  let until = records.length / width;
  while (from < until) {
    const middle = (from + until) >> 1;
    const at = middle * width;
    const found = records.slice(at, at + prefix.length);
    if (found === prefix)
      return packed.names[Number.parseInt(records.slice(at + prefix.length, at + width), 36)];
    if (found < prefix) from = middle + 1;
    else until = middle;
  }
  return undefined;
}
