/** The value that a field of a filter is compared with: from text to a term. */
import { parseAddressRange } from "./address-range.ts";
import { kindNames, nodeOfName, type FieldMeaning } from "./filter-fields.ts";
import type { Comparison, FilterNode, NumberColumn } from "./filter-node.ts";
import { nearestName } from "./nearest-name.ts";

export const maxPort = 65_535;

/**
 * @returns the term; `comparison` where the field cannot be compared so; else what is wrong about the value, as a
 *   sentence
 */
export function parseFieldValue(
  meaning: Exclude<FieldMeaning, { kind: "bare" }>,
  comparison: Comparison,
  text: string,
): FilterNode | string {
  switch (meaning.kind) {
    case "name": {
      if (comparison !== "=" && comparison !== "!=") return "comparison";
      const node = parseKindName(text);
      return typeof node === "string" || comparison === "=" ? node : { kind: "not", part: node };
    }
    case "address": {
      if (comparison !== "=" && comparison !== "!=") return "comparison";
      const range = parseAddressRange(text);
      return typeof range === "string" ? range : { kind: "address", end: meaning.end, range, comparison };
    }
    case "port": {
      const value = parsePort(text);
      if (typeof value === "string") return value;
      return { kind: "port", end: meaning.end, transport: meaning.transport, comparison, value };
    }
    case "number": {
      const value = parseNumber(text, meaning.column);
      return typeof value === "string"
        ? value
        : { kind: "number", column: meaning.column, comparison, value };
    }
    default: {
      const time = parseSeconds(text);
      return typeof time === "string" ? time : { kind: "time", comparison, ...time };
    }
  }
}

/** @returns what is true of a packet that bears this name, or what is wrong, as a sentence */
export function parseKindName(text: string): FilterNode | string {
  const node = nodeOfName(text.toLowerCase());
  if (node !== undefined) return node;
  const near = nearestName(text, kindNames);
  return `There is no protocol '${text}'${near === undefined ? "." : `: did you mean '${near}'?`}`;
}

/** @returns a port, or what is wrong, as a sentence */
export function parsePort(text: string): number | string {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : maxPort + 1;
  return value <= maxPort ? value : `'${text}' is no port: ports are numbers from 0 to ${maxPort}.`;
}

/** @returns a moment in seconds since 1970, to the nanosecond, or what is wrong, as a sentence */
export function parseSeconds(text: string): { seconds: number; nanos: number } | string {
  const match = /^(-?)(\d{1,15})(?:\.(\d{1,9})\d*)?$/.exec(text);
  if (match === null) return `'${text}' is no time: times are seconds since 1970, such as 1700000000.25.`;
  const seconds = Number(match[2]);
  const nanos = Number((match[3] ?? "").padEnd(9, "0"));
  if (match[1] === "") return { seconds, nanos };
  // As everywhere, -0.3 s is -1 s and 0.7 s.
  return nanos === 0 ? { seconds: 0 - seconds, nanos } : { seconds: -seconds - 1, nanos: 1e9 - nanos };
}

function parseNumber(text: string, column: NumberColumn): number | string {
  const value = /^\d{1,15}(\.\d{1,15})?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) return `'${text}' is no number.`;
  if (column === "score" && value > 1) return `'${text}' is no score: scores lie between 0 and 1.`;
  return value;
}
