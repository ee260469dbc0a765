import { expect, test } from "bun:test";
import { composed } from "./composed.ts";

test("letters and their marks become one character", () => {
  expect(composed("Jose\u0301")).toBe("José");
  expect(composed("a\u0301\u0316".repeat(100))).toBe("a\u0301\u0316".repeat(100).normalize("NFC"));
});

test("thirty marks are put into their order, and more are left as they came", () => {
  const marks = "\u0301\u0316";
  expect(composed(`x${marks.repeat(15)}`)).toBe(`x${marks.repeat(15)}`.normalize("NFC"));
  expect(composed(`x${marks.repeat(16)}`)).toBe(`x${marks.repeat(16)}`);
});

test("a megabyte of marks takes no time", () => {
  const beganMs = performance.now();
  composed(`a${"\u0301\u0316".repeat(250_000)}`);
  composed(`a${"\u0301\u0316".repeat(15)}`.repeat(16_000));
  expect(performance.now() - beganMs).toBeLessThan(1_000);
});
