import { afterAll, expect, test } from "bun:test";
import { closeSync, existsSync, fstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPrivateFile } from "./private-file.ts";

const folder = mkdtempSync(join(tmpdir(), "pcs-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("nobody else can open it, and it leaves nothing behind", () => {
  const { file, parent, remove } = openPrivateFile([join(folder, "nowhere"), folder]);
  expect([parent, fstatSync(file).mode & 0o077, fstatSync(file).size]).toEqual([folder, 0, 0]);
  // Where an open file may lose its name it has none by now.
  if (process.platform !== "win32") expect([readdirSync(folder), fstatSync(file).nlink]).toEqual([[], 0]);
  closeSync(file);
  remove();
  expect(readdirSync(folder)).toEqual([]);
});

test("what a run that was killed has left is removed, and nothing else", async () => {
  const gone = Bun.spawn(["true"]);
  await gone.exited;
  const names = [`pcs-packets-${gone.pid}-abc`, `pcs-packets-${process.pid}-abc`, "pcs-packets-x", "other"];
  for (const name of names) mkdirSync(join(folder, name));
  closeSync(openPrivateFile([folder]).file);
  expect(names.map((name) => existsSync(join(folder, name)))).toEqual([false, true, true, true]);
});

test("where none can be made the last reason is told", () => {
  expect(() => openPrivateFile([join(folder, "nowhere")])).toThrow("ENOENT");
  expect(() => openPrivateFile([])).toThrow("there is no folder for it");
});
