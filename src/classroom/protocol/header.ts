/**
 * The headers of the first protocol, and the one that leads out of it, as small numbers, so that a frame is dispatched by an index and never by a
 * string made out of its bytes.
 */

/** Names in the order of their codes; the code of a header is its place here. */
export const headerNames = [
  "msg",
  "cmd",
  "to",
  "info",
  "file_transfer",
  "quiz_answer",
  "quiz_question",
  "error",
  // A peer that wants the second protocol says this first.
  "hello",
] as const;

export type HeaderName = (typeof headerNames)[number];

/** The code of bytes that name no known header (no UTF-8 is looked for: they are just not one of these). */
export const unknownHeader = -1;

export const headerCode: Record<HeaderName, number> = {
  msg: 0,
  cmd: 1,
  to: 2,
  info: 3,
  file_transfer: 4,
  quiz_answer: 5,
  quiz_question: 6,
  error: 7,
  hello: 8,
};

const headerBytes = headerNames.map((name) => new TextEncoder().encode(name));

/** @returns the code of the header in `bytes[start .. start + length)`, or `unknownHeader` */
export function lookUpHeader(bytes: Uint8Array, start: number, length: number): number {
  for (let code = 0; code < headerBytes.length; code++) {
    const name = headerBytes[code]!;
    if (name.length !== length) continue;
    let i = 0;
    while (i < length && bytes[start + i] === name[i]) i++;
    if (i === length) return code;
  }
  return unknownHeader;
}

/**
 * Whether a frame with a known header could begin at `start`, looking no further than `end`.
 * @returns `yes` when length and header are all there and known, `perhaps` when the bytes end too early to tell
 */
export function headerFollows(bytes: Uint8Array, start: number, end: number): "yes" | "no" | "perhaps" {
  const available = end - start;
  if (available < 1) return "perhaps";
  if (bytes[start] !== 0) return "no";
  if (available < 2) return "perhaps";
  const length = bytes[start + 1]!;
  const there = Math.min(length, available - 2);
  for (const name of headerBytes) {
    if (name.length !== length) continue;
    let i = 0;
    while (i < there && bytes[start + 2 + i] === name[i]) i++;
    if (i === there) return there === length ? "yes" : "perhaps";
  }
  return "no";
}
