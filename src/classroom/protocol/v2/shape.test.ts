import { expect, test } from "bun:test";
import { flag, listOf, object, oneOf, optional, text, whole } from "./shape.ts";

test("each shape takes what is right and nothing else", () => {
  const rows: [(value: unknown) => unknown, unknown[], unknown[]][] = [
    [text(3), ["", "abc", "äöü"], ["abcd", 1, null, undefined, "\ud800", ["a"]]],
    [whole(1, 9), [1, 9], [0, 10, 1.5, "1", Number.NaN, Number.POSITIVE_INFINITY, null]],
    [flag, [true, false], [0, 1, "true", null]],
    [oneOf(["a", "b"]), ["a", "b"], ["c", "", 1, null]],
    [listOf(whole(0, 1), 2), [[], [1], [0, 1]], [[0, 0, 0], [2], "01", {}, null]],
  ];
  for (const [shape, right, wrong] of rows) {
    for (const value of right) expect(shape(value)).toEqual(value);
    for (const value of wrong) expect(shape(value)).toBeUndefined();
  }
});

test("an object: fields it does not know are left out, those that may be missing must be right if they are there", () => {
  const shape = object({ a: whole(0, 9), b: optional(text(3)) });
  expect(shape({ a: 1 })).toEqual({ a: 1 });
  expect(shape({ a: 1, b: "x", later: {} })).toEqual({ a: 1, b: "x" });
  for (const wrong of [
    {},
    { a: 1, b: 2 },
    { a: 1, b: null },
    { a: "1" },
    [],
    null,
    "a",
    7,
    Object.create({ a: 1 }),
  ])
    expect(shape(wrong)).toBeUndefined();
  const taken = shape(JSON.parse('{"a":1,"__proto__":{"x":1},"constructor":2}'));
  expect(taken).toEqual({ a: 1 });
  expect(Object.getPrototypeOf(taken)).toBe(Object.prototype);
});
