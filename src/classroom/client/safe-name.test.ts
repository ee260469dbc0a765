import { describe, expect, test } from "bun:test";
import { join, resolve } from "node:path";
import * as fc from "fast-check";
import { numberedName } from "../files/file-name.ts";
import { safeFileName } from "./safe-name.ts";

describe("names of received files", () => {
  for (const [announced, safe] of [
    ["a.txt", "a.txt"],
    ["résumé 漢.pdf", "résumé 漢.pdf"],
    [".bashrc", ".bashrc"],
    ["../a.txt", "a.txt"],
    ["../../etc/passwd", "passwd"],
    ["/etc/passwd", "passwd"],
    ["C:\\Windows\\a.txt", "a.txt"],
    ["C:a.txt", "C_a.txt"],
    ["..", "file"],
    [".", "file"],
    ["...", "file"],
    ["", "file"],
    ["docs/", "file"],
    ["   ", "file"],
    ["CON", "_CON"],
    ["con.txt", "_con.txt"],
    ["LPT1.tar.gz", "_LPT1.tar.gz"],
    ["COM¹", "_COM¹"],
    ["console.txt", "console.txt"],
    ["a.txt. . ", "a.txt"],
    ["a\0b", "a_b"],
    ["a\nb", "a_b"],
    ["\x1b[2Ja", "_[2Ja"],
    ["gnp\u202eexe.a", "gnp_exe.a"],
    ['<>:"|?*', "_______"],
    ["\ud800.txt", "_.txt"],
  ] as const)
    test(JSON.stringify(announced), () => expect(safeFileName(announced)).toBe(safe));

  test("a long name keeps its ending", () => {
    const name = safeFileName(`${"x".repeat(300)}.txt`);
    expect(name).toMatch(/^x+\.txt$/);
    expect(name.length).toBe(239);
  });

  test("a long ending is cut", () => {
    expect(Buffer.byteLength(safeFileName(`a.${"y".repeat(300)}`))).toBe(239);
  });

  test("characters of several bytes are cut whole", () => {
    const name = safeFileName("漢".repeat(200));
    expect(name).toBe("漢".repeat(79));
  });

  test("whatever is announced stays in the folder", () => {
    const piece = fc.constantFrom("..", "/", "\\", ".", " ", "CON", "\0", "a", "é", ":", "\n", "nul.", "~");
    const announced = fc.oneof(
      fc.string({ unit: "binary", maxLength: 400 }),
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
    );
    fc.assert(
      fc.property(announced, fc.integer({ min: 1, max: 9999 }), (text, count) => {
        const name = numberedName(safeFileName(text), count);
        expect(resolve("/downloads", name)).toBe(join("/downloads", name));
        expect(resolve("/downloads", name)).toMatch(/^\/downloads\/[^/]+$/);
        expect(name).not.toMatch(/[\x00-\x1f\x7f-\x9f\\/:*?"<>|]/);
        expect(name).not.toMatch(/[. ]$/);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
        expect(name).not.toMatch(/^(con|nul|prn|aux)(\.|$)/i);
      }),
      { numRuns: 2000 },
    );
  });

  test("a safe name stays as it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        const once = safeFileName(text);
        expect(safeFileName(once)).toBe(once);
      }),
    );
  });
});
