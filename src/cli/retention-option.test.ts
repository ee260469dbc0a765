import { expect, test } from "bun:test";
import { retentionOf } from "./retention-option.ts";

test.each([
  ["all", {}],
  ["30d", { days: 30, bytes: 1 << 30 }],
  ["500MiB", { days: 90, bytes: 500 << 20 }],
  ["7d,2GiB", { days: 7, bytes: 2 * 2 ** 30 }],
])("%p", (text, retention) => {
  expect(retentionOf(text)).toEqual(retention as ReturnType<typeof retentionOf>);
});

test.each(["", "30", "0d", "30d;2GiB", "1TiB", "-1d", "30d,"])("%p is neither", (text) => {
  expect(() => retentionOf(text)).toThrow("--keep is days and size, such as 30d,2GiB, or all, and ");
});
