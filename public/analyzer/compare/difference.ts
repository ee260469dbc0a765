/** In words, by how much one number is more or less than another. Pure. */
import { formatTenths } from "../format.ts";

/** By how much `second` is more than `first`. */
export function differenceOf(first: number, second: number): string {
  if (first === second) return "same";
  if (first === 0) return "new";
  if (second === 0) return "gone";
  const percent = (second / first - 1) * 100;
  if (percent >= 1000) return `${formatTenths(second / first)} times`;
  return Math.abs(percent) < 0.05 ? "about the same" : signed(percent, " %");
}

/** The same of shares from 0 to 1, in points of percent. */
export function pointsBetween(first: number, second: number): string {
  if (first === second) return "same";
  if (first === 0) return "new";
  if (second === 0) return "gone";
  const points = (second - first) * 100;
  return Math.abs(points) < 0.05 ? "about the same" : signed(points, " points");
}

function signed(value: number, unit: string): string {
  const size = Math.abs(value);
  return `${value > 0 ? "+" : "−"}${size < 100 ? belowHundred(size) : formatTenths(size)}${unit}`;
}

/** In tenths, or as many digits more as it takes: 100 would say that nothing is left. */
function belowHundred(size: number): string {
  const digits = [1, 2, 3, 4].find((digits) => Number(size.toFixed(digits)) < 100);
  if (digits === undefined) return "99.9999";
  return digits === 1 ? formatTenths(size) : size.toFixed(digits);
}
