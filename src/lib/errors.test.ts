import { describe, expect, test } from "bun:test";
import { errorCode, reasonOf } from "./errors.ts";

const coded = (code: unknown, message = "message of the system") =>
  Object.assign(new Error(message), { code });

describe("what went wrong, as words behind a colon", () => {
  for (const [what, error, reason] of [
    ["a code that people meet", coded("ENOENT"), "there is no such file or folder"],
    ["a code that they do not", coded("EWEIRD"), "message of the system"],
    ["a code that is a property of every object", coded("constructor"), "message of the system"],
    ["an error of several lines", new Error("first\n    at stack"), "first"],
    ["an error that says nothing", new Error(), "Error"],
    ["something thrown that is no error", "plain", "plain"],
    ["nothing", undefined, "undefined"],
  ] as const)
    test(what, () => expect(reasonOf(error)).toBe(reason));
});

test("the system's code, where there is one", () => {
  expect(errorCode(coded("EACCES"))).toBe("EACCES");
  for (const error of [coded(13), new Error("x"), "EACCES", null, undefined])
    expect(errorCode(error)).toBeUndefined();
});
