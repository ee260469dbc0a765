import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { LineSplitter } from "./line-splitter.ts";
import { parseTypedLine } from "./typed-line.ts";

function split(chunks: readonly Uint8Array[]): string[] {
  const splitter = new LineSplitter();
  return [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.end()];
}

test("lines, with either line end, the last one without", () => {
  expect(split([Buffer.from("a\nb\r\n\nc")])).toEqual(["a", "b", "", "c"]);
  expect(split([Buffer.from("a\n")])).toEqual(["a"]);
  expect(split([])).toEqual([]);
});

test("however the bytes are cut, also within a character", () => {
  const text = "msg:é\nto:漢: 🎓\r\nend";
  const bytes = Buffer.from(text);
  fc.assert(
    fc.property(fc.array(fc.nat(bytes.length), { maxLength: 6 }), (places) => {
      const cuts = [0, ...places.toSorted((a, b) => a - b), bytes.length];
      const chunks = cuts.slice(1).map((end, i) => bytes.subarray(cuts[i], end));
      expect(split(chunks)).toEqual(["msg:é", "to:漢: 🎓", "end"]);
    }),
  );
});

test("an endless line is cut, told about, and the next line is read", () => {
  const splitter = new LineSplitter();
  const lines: string[] = [];
  lines.push(...splitter.push(Buffer.from("msg:")));
  for (let i = 0; i < 40; i++) lines.push(...splitter.push(Buffer.alloc(100_000, "x")));
  lines.push(...splitter.push(Buffer.from("\nmsg:hi\n")));
  expect(lines.length).toBe(2);
  expect(lines[0]!.length).toBeLessThan(1_100_000);
  expect(parseTypedLine(lines[0]!).kind).toBe("told");
  expect(lines[1]).toBe("msg:hi");
});
