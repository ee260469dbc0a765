import { expect, test } from "bun:test";
import { counted, formatCount } from "./counted.ts";

test("one is alone", () => {
  expect([0, 1, 2].map((number) => counted(number, "answer"))).toEqual([
    "0 answers",
    "1 answer",
    "2 answers",
  ]);
  expect([1, 2].map((number) => counted(number, "address", "addresses"))).toEqual([
    "1 address",
    "2 addresses",
  ]);
});

test("thousands stand apart", () => {
  expect([counted(1979, "packet"), formatCount(1_234_567.6)]).toEqual(["1,979 packets", "1,234,568"]);
});
