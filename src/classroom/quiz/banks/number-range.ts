/** `3`, `3:2`, `1..5` and `*`: the numbers that an answer accepts, in every format. */
import type { NumberRange } from "./question.ts";
import { shownText } from "./shown-text.ts";

/** What PHP's `is_numeric` takes, which Moodle asks: no commas, no hexadecimal numbers. */
const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** @returns a sentence where it is none */
export function parseNumberRange(text: string): NumberRange | string {
  if (text === "*") return { kind: "any" };
  const dots = text.indexOf("..");
  if (dots > 0) {
    const [min, max] = [numberOf(text.slice(0, dots)), numberOf(text.slice(dots + 2))];
    if (min === undefined || max === undefined)
      return `'${shownText(text)}' is no range of numbers such as 1..5.`;
    return min > max ? `the range ${shownText(text)} ends before it begins.` : { kind: "between", min, max };
  }
  const colon = text.indexOf(":");
  const value = numberOf(colon > 0 ? text.slice(0, colon) : text);
  const tolerance = colon > 0 ? numberOf(text.slice(colon + 1)) : 0;
  if (value === undefined || tolerance === undefined)
    return `'${shownText(text)}' is no number${/^[^,]*\d,\d[^,]*$/.test(text) ? "; write a point for the comma" : ""}.`;
  return tolerance < 0 ? "a tolerance cannot be negative." : { kind: "near", value, tolerance };
}

export function formatNumberRange(range: NumberRange): string {
  switch (range.kind) {
    case "any":
      return "*";
    case "between":
      return `${range.min}..${range.max}`;
    default:
      return range.tolerance === 0 ? `${range.value}` : `${range.value}:${range.tolerance}`;
  }
}

/** A finite number, or undefined. */
export function numberOf(text: string): number | undefined {
  const trimmed = text.trim();
  if (!number.test(trimmed)) return undefined;
  const value = Number(trimmed) + 0;
  return Number.isFinite(value) ? value : undefined;
}
