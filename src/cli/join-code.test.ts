import { expect, test } from "bun:test";
import { encode } from "uqr";
import { joinCode } from "./join-code.ts";

const link = "http://192.168.1.10:10081/";

test("the picture holds the modules of the link's code, two rows a line, and the link stands below", () => {
  const lines = joinCode(link).split("\n");
  expect(lines.pop()).toBe(link);
  // What is light is drawn.
  const { data } = encode(link, { border: 2 });
  const signs: Record<string, [top: boolean, bottom: boolean]> = {
    "█": [false, false],
    "▀": [false, true],
    "▄": [true, false],
    " ": [true, true],
  };
  for (const [index, line] of lines.entries()) {
    const pairs = Array.from(line, (sign) => signs[sign]!);
    expect(pairs.map(([top]) => top)).toEqual(data[index * 2]!);
    const below = data[index * 2 + 1];
    if (below !== undefined) expect(pairs.map(([, bottom]) => bottom)).toEqual(below);
  }
  expect(lines).toHaveLength(Math.ceil(data.length / 2));
});

test("a server without a page says so", () => {
  expect(joinCode(undefined)).toBe("This server has no web page.");
});
