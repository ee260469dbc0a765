/**
 * Packs the list of who makes network cards (IEEE, out of the development dependency oui-data) into one text. Run
 * as a macro: what it returns is in the executable, and neither the package nor its megabytes are.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";

/** Hexadecimal digits of a block's prefix: 24, 28 and 36 bits. */
const prefixDigits = [6, 7, 9];
const idDigits = 4;

/**
 * @returns base64 of gzip of JSON: a text a length of prefix, and the names. Each text is sorted records of one
 *   width: the prefix in capitals, then the place of the name in base 36.
 */
export function packVendors(): string {
  const path = createRequire(import.meta.url).resolve("oui-data");
  const entries = Object.entries(JSON.parse(readFileSync(path, "utf8")) as Record<string, string>);
  // The name is the first line; an address follows.
  const vendors = entries.map(([prefix, text]) => ({ prefix, name: text.split("\n")[0]!.trim() }));
  const names = [...new Set(vendors.map(({ name }) => name))].sort();
  const places = new Map(names.map((name, i) => [name, i.toString(36).padStart(idDigits, "0")]));
  const groups = prefixDigits.map((digits) =>
    vendors
      .filter(({ prefix }) => prefix.length === digits)
      .map(({ prefix, name }) => prefix.toUpperCase() + places.get(name)!)
      .sort()
      .join(""),
  );
  return gzipSync(JSON.stringify({ groups, names }), { level: 6 }).toString("base64");
}
