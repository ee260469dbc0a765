/** The headers of the second protocol as small numbers, so that a frame is dispatched by an index. */

/** Names in the order of their codes; the code of a header is its place here. The busiest come first. */
export const v2HeaderNames = [
  "m",
  "say",
  "ack",
  "chunk",
  "credit",
  "p",
  "tell",
  "old",
  "ping",
  "pong",
  "hello",
  "name",
  "login",
  "seat",
  "bye",
  "error",
  "join",
  "joined",
  "part",
  "rooms",
  "history",
  "presence",
  "typing",
  "notice",
  "seen",
  "mode",
  "offer",
  "accept",
  "end",
  "received",
  "cancel",
  "quiz",
  "question",
  "answer",
  "result",
  "phase",
  "team",
  "redeem",
  "role",
  "people",
  "moderate",
  "done",
  "hand",
  "hands",
  "steer",
  "banks",
  "count",
  "search",
  "read",
  "collect",
  "receipt",
  "findings",
  "push",
  "handins",
] as const;

export type V2HeaderName = (typeof v2HeaderNames)[number];

export const v2HeaderCode = Object.fromEntries(v2HeaderNames.map((name, code) => [name, code])) as Record<
  V2HeaderName,
  number
>;

const encoder = new TextEncoder();

/** The bytes of each header, by its code. */
export const v2HeaderBytes: readonly Uint8Array[] = v2HeaderNames.map((name) => encoder.encode(name));

/** Codes of the headers of each length, by the length. */
const codesOfLength: number[][] = [];
for (const [code, { length }] of v2HeaderBytes.entries()) (codesOfLength[length] ??= []).push(code);

/** @returns the code of the header in `bytes[start .. start + length)`, or -1 where the second protocol has none such */
export function lookUpV2Header(bytes: Uint8Array, start: number, length: number): number {
  const codes = codesOfLength[length];
  if (codes === undefined) return -1;
  for (let place = 0; place < codes.length; place++) {
    const code = codes[place]!;
    const name = v2HeaderBytes[code]!;
    let i = 0;
    while (i < length && bytes[start + i] === name[i]) i++;
    if (i === length) return code;
  }
  return -1;
}
