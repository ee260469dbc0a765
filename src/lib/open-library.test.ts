import { expect, test } from "bun:test";
import { openLibrary } from "./open-library.ts";

test("a library that is not there, or lacks a function, is no exception", () => {
  const symbols = { no_such_function: { args: [], returns: "void" } } as const;
  expect(openLibrary(["libnowhere.so.99"], symbols)).toBeUndefined();
  expect(openLibrary(["libc.so.6", "libSystem.B.dylib", "msvcrt.dll"], symbols)).toBeUndefined();
});
