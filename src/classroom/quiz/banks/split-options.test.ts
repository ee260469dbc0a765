import { expect, test } from "bun:test";
import { splitOptions } from "./split-options.ts";

test.each([
  ["a. Link  b. Internet", ["a Link", "b Internet"]],
  ["a. 8 b.16\nC. 20", ["a 8", "b 16", "c 20"]],
  ["a. see example.com. b. no", ["a see example.com.", "b no"]],
  ["words", []],
])("%p", (text, options) => {
  expect(splitOptions(text).map((each) => `${each.letter} ${each.text}`)).toEqual(options);
});
