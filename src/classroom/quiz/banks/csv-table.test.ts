import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { formatCsv, parseCsv } from "./csv-table.ts";

const textsOf = (source: string): string[][] => {
  const result = parseCsv(source);
  if (!result.ok) throw new Error(result.sentence);
  return result.rows.map((row) => row.map(({ text }) => text));
};

describe("rows", () => {
  for (const [what, source, rows] of [
    [
      "plain",
      "a,b\nc,d\n",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "no line end at the end",
      "a,b\nc,d",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    ["quotes", '"a,""b""","c\nd"\n', [['a,"b"', "c\nd"]]],
    [
      "semicolons",
      "a;b;c,d\n1;2;3\n",
      [
        ["a", "b", "c,d"],
        ["1", "2", "3"],
      ],
    ],
    ["tabs", "a\tb\n", [["a", "b"]]],
    ["empty cells", ",a,\n", [["", "a", ""]]],
    ["empty rows", "a\n\n , \nb\n", [["a"], ["b"]]],
    ["guarded cells", "'=1+1,'-x,''@,it's,'tis\n", [["=1+1", "-x", "'@", "it's", "'tis"]]],
    ["a quote inside", 'a"b,c\n', [['a"b', "c"]]],
    ["nothing", "", []],
  ] as const)
    test(what, () => expect(textsOf(source)).toEqual(rows.map((row) => Array.from(row))));

  test("what is wrong is told with its place", () => {
    expect(parseCsv('a,"b\nc')).toEqual({
      ok: false,
      place: { line: 1, column: 3 },
      sentence: "this quote is never closed.",
    });
    expect(parseCsv('a\n"b"c')).toEqual({
      ok: false,
      place: { line: 2, column: 4 },
      sentence: "a separator or the end of the line must follow a closing quote.",
    });
  });
});

test("no cell is a formula for a spreadsheet, but numbers are numbers", () => {
  expect(formatCsv([["=1+1", "+x", "-x", "@a", "\ta", "-1.5", "+2", "'=x", "a"]])).toBe(
    `'=1+1,'+x,'-x,'@a,"'\ta",-1.5,+2,''=x,a\r\n`,
  );
});

test("what is written is read again", () => {
  const cell = fc.string({ unit: fc.constantFrom(..."a,;\t\n\"'=+-@ é1"), maxLength: 6 });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constant("x"), cell, cell), { minLength: 1 }), (rows) => {
      const source = formatCsv([["h1", "h2", "h3"], ...rows]).replaceAll("\r\n", "\n");
      expect(textsOf(source)).toEqual([["h1", "h2", "h3"], ...rows]);
    }),
    { numRuns: 2_000 },
  );
}, 60_000);
