import { expect, test } from "bun:test";
import { parseCollectLine } from "./collect-line.ts";

test.each([
  ["/collect hw1", { do: "begin", name: "hw1" }],
  [" /COLLECT  homework two ", { do: "begin", name: "homework two" }],
  ["/collect", { do: "list", name: "" }],
  ["/collect list", { do: "list", name: "" }],
  ["/collect list hw1", { do: "list", name: "hw1" }],
  ["/collect end hw1", { do: "end", name: "hw1" }],
  ["/collect ending", { do: "begin", name: "ending" }],
  ["/collection", undefined],
  ["collect hw1", undefined],
] as const)("%p", (line, wish) => {
  expect(parseCollectLine(line)).toEqual(wish);
});
