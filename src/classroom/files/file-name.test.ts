import { describe, expect, test } from "bun:test";
import { join, resolve } from "node:path";
import * as fc from "fast-check";
import {
  baseName,
  checkFileName,
  checkFolder,
  maxFileNameBytes,
  nameForOldClient,
  numberedName,
  showFileName,
} from "./file-name.ts";

describe("a file's name as it is kept", () => {
  for (const [typed, name] of [
    ["a.txt", "a.txt"],
    ["../../etc/passwd", "passwd"],
    ["..\\..\\boot.ini", "boot.ini"],
    ["C:\\work\\a.txt", "a.txt"],
    ["a/b\\c.txt", "c.txt"],
    ["12:30.txt", "12_30.txt"],
    ["C:a.txt", "C_a.txt"],
    [".bashrc", ".bashrc"],
    ["..a", "..a"],
    ["a..", "a.."],
    ["with blank.txt", "with blank.txt"],
    ["Jose\u0301.txt", "José.txt"],
    ["🎓".repeat(60), "🎓".repeat(60)],
    ["console.txt", "console.txt"],
    ["com10", "com10"],
    ["nullable", "nullable"],
  ] as const)
    test(JSON.stringify(typed), () => expect(checkFileName(typed)).toEqual({ ok: true, name }));
});

describe("a file's name that cannot be", () => {
  const device = "its name means a device on Windows";
  const dots = "it has only dots or blanks for a name";
  const characters = "its name holds characters that no file can have";
  for (const [typed, reason] of [
    ["", "it has no name"],
    ["folder/", "it has no name"],
    ["\\", "it has no name"],
    [".", dots],
    ["..", dots],
    ["a/..", dots],
    [".. ", dots],
    [" ", dots],
    ["a\0b", characters],
    ["a\nb", characters],
    ["a\x7f", characters],
    ["a\u0085", characters],
    ["a\ufffd", characters],
    ["x".repeat(241), "its name is longer than 240 bytes"],
    ["é".repeat(121), "its name is longer than 240 bytes"],
    ["CON", device],
    ["nul.txt", device],
    ["Com1.log", device],
    ["lpt²", device],
    ["aux .txt", device],
  ] as const)
    test(JSON.stringify(typed.slice(0, 30)), () =>
      expect(checkFileName(typed)).toEqual({ ok: false, reason }),
    );
});

test("whatever is typed stays one name inside its folder", () => {
  const parts = fc.oneof(
    fc.string({ unit: "binary", maxLength: 6 }),
    fc.constantFrom("..", ".", "/", "\\", ":", "\0", " ", "CON", "é", "\u0301"),
  );
  fc.assert(
    fc.property(
      fc.array(parts, { maxLength: 8 }).map((list) => list.join("")),
      (typed) => {
        const check = checkFileName(typed);
        if (!check.ok) return expect(check.reason).toMatch(/^its? [^.\n]+$/);
        const { name } = check;
        expect(name).not.toMatch(/[/\\:\p{Cc}]/u);
        expect(name).not.toMatch(/^[. ]*$/);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(maxFileNameBytes);
        for (const kept of [name, numberedName(name, 10_000), nameForOldClient(name)]) {
          const path = resolve(join("/data/files/ann", kept));
          expect(path).toBe(`/data/files/ann/${kept}`);
          expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(255);
        }
        expect(checkFileName(name)).toEqual(check);
      },
    ),
    { numRuns: 3_000 },
  );
});

describe("a name that could replace the old client's own program", () => {
  for (const [name, arrives] of [
    ["notes.txt", "notes.txt"],
    ["client.py", "client.py.txt"],
    ["CLIENT.PY", "CLIENT.PY.txt"],
    ["socket.pyc", "socket.pyc.txt"],
    ["site.pth", "site.pth.txt"],
    ["lib.so", "lib.so.txt"],
    ["python3.dll", "python3.dll.txt"],
    ["client.py ", "client.py .txt"],
    ["client.py.", "client.py..txt"],
    [".bashrc", ".bashrc.txt"],
    ["copy.python", "copy.python"],
    ["py", "py"],
    ["a.py.zip", "a.py.zip"],
    ["a:b.txt", "a_b.txt"],
  ] as const)
    test(`${name} arrives as ${arrives}`, () => expect(nameForOldClient(name)).toBe(arrives));
});

test("a number stands in front of the ending", () => {
  for (const [name, number, numbered] of [
    ["a.txt", 1, "a (1).txt"],
    ["a.tar.gz", 2, "a.tar (2).gz"],
    ["a", 3, "a (3)"],
    [".bashrc", 4, ".bashrc (4)"],
    ["a.", 5, "a (5)."],
    ["Makefile", 2, "Makefile (2)"],
  ] as const)
    expect(numberedName(name, number)).toBe(numbered);
});

test("a name in a sentence is short and moves no cursor", () => {
  expect(showFileName("a\x1b[2Jb\n")).toBe("a\ufffd[2Jb\ufffd");
  expect(showFileName("x".repeat(60))).toBe("x".repeat(60));
  expect(showFileName("x".repeat(61))).toBe(`${"x".repeat(57)}...`);
});

test("the last part of a path, whichever system wrote it", () => {
  for (const [path, name] of [
    ["a", "a"],
    ["/a/b", "b"],
    ["a\\b/c\\d", "d"],
    ["a/", ""],
  ] as const)
    expect(baseName(path)).toBe(name);
});

describe("the folders of a file", () => {
  for (const [typed, expected] of [
    ["project", ["project"]],
    ["project/src/a:b", ["project", "src", "a_b"]],
    ["../project", "its"],
    ["project//src", "a folder of it has no name"],
    ["/etc", "a folder of it has no name"],
    ["project/..", "a folder of it has only dots or blanks for a name"],
    ["a\\..\\b", "a folder's name holds a \\"],
    ["a/con", "its name means a device on Windows"],
    ["a/b\u0007", "its name holds characters that no file can have"],
    [Array(17).fill("a").join("/"), "it lies more than 16 folders deep"],
  ] as const)
    test(JSON.stringify(typed.slice(0, 20)), () => {
      const check = checkFolder(typed);
      if (expected === "its") expect(check.ok).toBe(false);
      else if (typeof expected === "string") expect(check).toEqual({ ok: false, reason: expected });
      else expect(check).toEqual({ ok: true, folders: [...expected] });
    });
});
