import { expect, test } from "bun:test";
import { encode } from "uqr";
import { readQr } from "./read-qr.test-support.ts";

const modulesOf = (text: string, options: Parameters<typeof encode>[1] = {}): boolean[][] =>
  encode(text, { border: 0, ...options }).data;

test("links of every length that a class has, and under every mask", () => {
  for (const link of [
    "http://10.0.0.1:10081/",
    "https://192.168.100.200:65535/",
    "http://[fd00::12:3456]:10081/",
  ])
    for (let maskPattern = 0; maskPattern < 8; maskPattern++)
      expect(readQr(modulesOf(link, { maskPattern }))).toBe(link);
  expect(readQr(modulesOf("http://schülerserver.local/"))).toBe("http://schülerserver.local/");
});

test("what it cannot read it says", () => {
  expect(() => readQr([])).toThrow("a code of 0 modules is not read here");
  expect(() => readQr(modulesOf("x".repeat(400)))).toThrow("is not read here");
  expect(() => readQr(modulesOf("http://10.0.0.1:10081/", { ecc: "M", boostEcc: false }))).toThrow("level L");
  expect(() => readQr(modulesOf("1234567890".repeat(6)))).toThrow("does not hold bytes");
});
