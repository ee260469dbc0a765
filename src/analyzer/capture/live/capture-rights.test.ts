import { expect, test } from "bun:test";
import { mayCapture } from "./capture-rights.ts";

test("the answer is known where it can be tried", () => {
  const may = mayCapture(process.platform);
  if (process.platform === "linux") expect(may).toBeBoolean();
  if (process.platform === "win32") expect(may).toBeUndefined();
  expect(mayCapture("aix")).toBeUndefined();
});
