import { describe, expect, test } from "bun:test";
import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolders } from "../temporary-folder.test-support.ts";
import { openFile } from "./open-file.ts";

const makeFolder = temporaryFolders();

test("a file is read from front to back, and ends early where it shrank", async () => {
  const path = join(makeFolder(), "a.txt");
  writeFileSync(path, "0123456789");
  const file = await openFile(path);
  expect(file.size).toBe(10);
  expect(Buffer.from(await file.read(4)).toString()).toBe("0123");
  truncateSync(path, 6);
  expect(Buffer.from(await file.read(100)).toString()).toBe("45");
  expect(await file.read(100)).toHaveLength(0);
  await file.close();
});

const sentenceFor = (path: string) => openFile(path).then(String, String);

describe("told in one sentence", () => {
  test("a file that is not there", async () => {
    const path = join(makeFolder(), "gone");
    expect(await sentenceFor(path)).toBe(
      `ExpectedError: '${path}' cannot be read: there is no such file or folder.`,
    );
  });

  test("a folder", async () => {
    const path = join(makeFolder(), "folder");
    mkdirSync(path);
    expect(await sentenceFor(path)).toBe(`ExpectedError: '${path}' is not a file.`);
  });

  test.if(process.platform !== "win32")("a pipe, without waiting for a writer", async () => {
    const path = join(makeFolder(), "pipe");
    expect(Bun.spawnSync(["mkfifo", path]).exitCode).toBe(0);
    expect(await sentenceFor(path)).toBe(`ExpectedError: '${path}' is not a file.`);
  });
});
