/** Answers to all questions of a quiz in one line, as the first protocol sends them. */

/**
 * `a c b`: a word a question; `a c; 42; b` or lines: what is between, so that an answer may have blanks. `-` or
 * nothing leaves a question out.
 * @returns a text a question, empty for none; what is left over is ignored
 */
export function splitAnswers(typed: string, count: number): string[] {
  const parts = (/[;\n]/.test(typed.trim()) ? typed.trim().split(/[;\n]/) : typed.trim().split(/\s+/)).map(
    (part) => part.trim(),
  );
  return Array.from({ length: count }, (_, index) => (parts[index] === "-" ? "" : (parts[index] ?? "")));
}
