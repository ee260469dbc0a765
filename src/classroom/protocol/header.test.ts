import { expect, test } from "bun:test";
import { headerCode, headerFollows, headerNames, lookUpHeader, unknownHeader } from "./header.ts";

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));

test("the code of a header is its place in the list of names", () => {
  expect(Object.entries(headerCode)).toEqual(headerNames.map((name, code) => [name, code]));
});

test("a header is looked up by its bytes alone", () => {
  for (const [code, name] of headerNames.entries())
    expect(lookUpHeader(bytesOf(`..${name}..`), 2, name.length)).toBe(code);
  for (const name of ["", "m", "msgs", "MSG", "\xff\xfe"])
    expect(lookUpHeader(bytesOf(name), 0, name.length)).toBe(unknownHeader);
});

test("whether a frame follows is told from as few bytes as tell it", () => {
  for (const [text, answer] of [
    ["", "perhaps"],
    ["\0", "perhaps"],
    ["\0\x03", "perhaps"],
    ["\0\x03ms", "perhaps"],
    ["\0\x03msg", "yes"],
    ["\0\x03msgx", "yes"],
    ["\0\x03mx", "no"],
    ["\0\x06", "no"],
    ["\x01", "no"],
    ["x", "no"],
  ] as const) {
    const bytes = bytesOf(`.${text}`);
    expect([text, headerFollows(bytes, 1, bytes.length)]).toEqual([text, answer]);
  }
});
