import { expect, test } from "bun:test";
import { drain, type Steps } from "./steps.ts";

test("all steps at once give what came of them", () => {
  let done = 0;
  function* work(): Steps<string> {
    for (; done < 3; done++) yield;
    return "all";
  }
  expect([drain(work()), done]).toEqual(["all", 3]);
});
