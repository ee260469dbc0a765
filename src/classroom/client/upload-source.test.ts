import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openUpload } from "./upload-source.ts";

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "pcs-upload-"));
  mkdirSync(join(home, "docs"));
  for (const name of ["docs/a.txt", "a:b.txt", "line\nfeed", "C:\\x\\win.txt"])
    writeFileSync(join(home, name), "hello");
  symlinkSync("docs/a.txt", join(home, "link.txt"));
});
afterAll(() => rmSync(home, { recursive: true }));

describe("a file to send", () => {
  for (const [path, name] of [
    ["docs/a.txt", "a.txt"],
    ["a:b.txt", "a_b.txt"],
    ["line\nfeed", "line_feed"],
    ["C:\\x\\win.txt", "win.txt"],
    ["link.txt", "link.txt"],
  ] as const)
    test(`${JSON.stringify(path)} is announced as ${name}`, async () => {
      const source = await openUpload(join(home, path), undefined);
      expect([source.name, source.size]).toEqual([name, 5]);
      await source.close();
    });

  test("~ is the home folder", async () => {
    const source = await openUpload("~/docs/a.txt", home);
    expect(source.name).toBe("a.txt");
    await source.close();
  });

  test("is read from front to back", async () => {
    const source = await openUpload(join(home, "docs/a.txt"), undefined);
    const parts = [await source.read(2), await source.read(2), await source.read(2), await source.read(2)];
    expect(parts.map((part) => Buffer.from(part).toString())).toEqual(["he", "ll", "o", ""]);
    expect(source.taken).toBe(5);
    await source.close();
  });

  test("may shrink while it is read", async () => {
    writeFileSync(join(home, "shrinks"), "hello");
    const source = await openUpload(join(home, "shrinks"), undefined);
    truncateSync(join(home, "shrinks"), 1);
    expect((await source.read(5)).length).toBe(1);
    expect((await source.read(4)).length).toBe(0);
    expect(source.taken).toBe(1);
    await source.close();
  });
});

async function why(path: string): Promise<string> {
  try {
    await openUpload(path, undefined);
  } catch (error) {
    return String(error);
  }
  return "it was opened";
}

describe("what is not sent", () => {
  test("a missing file", async () =>
    expect(await why("/gone/a.txt")).toBe(
      "ExpectedError: '/gone/a.txt' cannot be sent: there is no such file or folder.",
    ));
  test("a folder", async () =>
    expect(await why(join(home, "docs"))).toBe(
      `ExpectedError: '${join(home, "docs")}' cannot be sent: it is a folder.`,
    ));
  test.skipIf(process.platform === "win32")("a device", async () => {
    expect(await why("/dev/zero")).toBe("ExpectedError: '/dev/zero' cannot be sent: it is no regular file.");
  });
  test.skipIf(Bun.which("mkfifo") === null)("a named pipe, without waiting for a writer", async () => {
    const pipe = join(home, "pipe");
    Bun.spawnSync(["mkfifo", pipe]);
    expect(await why(pipe)).toBe(`ExpectedError: '${pipe}' cannot be sent: it is no regular file.`);
  });
  test("a name with NUL", async () =>
    expect(await why("a\0b")).toBe("ExpectedError: 'a�b' cannot be sent: no file has such a name."));
  test.skipIf(process.getuid?.() === 0)("an unreadable file", async () => {
    writeFileSync(join(home, "secret"), "", { mode: 0 });
    expect(await why(join(home, "secret"))).toContain("permission denied");
  });
});
