import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { escapeText, readBlocks, splitPiece, trimPiece, unescapeText } from "./gift-text.ts";
import { trimText } from "./plain-text.ts";

test("blocks are parted by blank lines, and know where each character stood", () => {
  const source = "  one \n// no\ntwo\\=\n \n\n// alone\n\n three";
  const blocks = Array.from(readBlocks(source));
  expect(blocks.map(({ text }) => unescapeText(text))).toEqual(["one\n \ntwo=", "three"]);
  expect(blocks.map(({ comments }) => comments)).toEqual(["// no\n", ""]);
  const [first, second] = blocks;
  expect(first!.placeAt(first!.at)).toEqual({ line: 1, column: 3 });
  expect(first!.placeAt(first!.text.length - 1)).toEqual({ line: 3, column: 4 });
  expect(second!.placeAt(second!.at)).toEqual({ line: 8, column: 2 });
});

test("pieces know where they stand", () => {
  expect(splitPiece({ text: "a#b#c", at: 5 }, "#", 2)).toEqual([
    { text: "a", at: 5 },
    { text: "b#c", at: 7 },
  ]);
  expect(splitPiece({ text: "", at: 5 }, "#")).toEqual([{ text: "", at: 5 }]);
  expect(trimPiece({ text: " \n x ", at: 5 })).toEqual({ text: "x", at: 8 });
});

test("what is escaped is itself again", () => {
  const text = fc.string({ unit: fc.constantFrom(..."\\:#={}~n\nx \uFDD0"), maxLength: 12 }).map(trimText);
  fc.assert(
    fc.property(
      text.filter((each) => each !== ""),
      (text) => {
        const [block] = Array.from(readBlocks(escapeText(text)));
        expect(unescapeText(block!.text)).toBe(text.replaceAll("\uFDD0", "\uFFFD"));
      },
    ),
  );
});
