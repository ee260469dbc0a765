import { expect, test } from "bun:test";
import { counted } from "./counted.ts";

test("one is alone", () => {
  expect([0, 1, 2].map((number) => counted(number, "answer"))).toEqual([
    "0 answers",
    "1 answer",
    "2 answers",
  ]);
});
