import { expect, test } from "bun:test";
import { formatBytes, formatSeconds } from "./format-amount.ts";

test("bytes for people", () => {
  expect([0, 999, 1000, 999_949, 999_950, 1.5e9, 2e15].map(formatBytes)).toEqual([
    "0 B",
    "999 B",
    "1.0 kB",
    "999.9 kB",
    "1.0 MB",
    "1.5 GB",
    "2000.0 TB",
  ]);
});

test("seconds for people", () => {
  expect([0.1, 59.4, 60, 3_599, 3_600, 90_000].map(formatSeconds)).toEqual([
    "1 s",
    "59 s",
    "1 min 0 s",
    "59 min 59 s",
    "1 h 0 min",
    "25 h 0 min",
  ]);
});
