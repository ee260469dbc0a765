/** Counts in sentences, thousands apart. */
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** `28,597` */
export function formatCount(count: number): string {
  return whole.format(count);
}

/** `1 answer`, `2,000 answers`: a number with its noun. @param nouns of many, where they do not just end in s */
export function counted(number: number, noun: string, nouns = `${noun}s`): string {
  return `${formatCount(number)} ${number === 1 ? noun : nouns}`;
}
