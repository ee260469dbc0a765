/** Numbers as people read them: three significant digits, thousands apart, no exponents. */
import type { Typical } from "./reason.ts";

const threeDigits = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });

export function formatNumber(value: number): string {
  return threeDigits.format(value === 0 ? 0 : value);
}

/** How the numbers of a sentence are written: estimates of counts are whole. */
export type NumberFormat = (value: number) => string;

export function formatWhole(value: number): string {
  return formatNumber(Math.round(value));
}

/** `1 to 3`; one number where both ends read the same. */
export function formatRange({ low, high }: Typical, format: NumberFormat): string {
  const [from, to] = [format(low), format(high)];
  return from === to ? from : `${from} to ${to}`;
}

/**
 * Whole numbers for a count and what is typical of it, unless it would then look typical though it is not.
 */
export function chooseFormat(value: number, { low, high }: Typical): NumberFormat {
  const outside = value < low || value > high;
  const looksTypical = Math.round(value) >= Math.round(low) && Math.round(value) <= Math.round(high);
  return outside && looksTypical ? formatNumber : formatWhole;
}
