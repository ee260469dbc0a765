import { expect, test } from "bun:test";
import { within } from "./within.ts";

test("in time, too late, and failed", async () => {
  expect(await within(Promise.resolve(1), 1000)).toBe(true);
  expect(await within(new Promise(() => {}), 1)).toBe(false);
  expect(within(Promise.reject(new Error("no")), 1000)).rejects.toThrow("no");
});
