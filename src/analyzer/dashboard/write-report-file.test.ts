import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkReportFile, writeReportFile } from "./write-report-file.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pcs-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test("in the place of one that was there, readable by nobody else, and nothing beside it", async () => {
  const path = join(folder, "a.html");
  writeFileSync(path, "before");
  checkReportFile(path);
  await writeReportFile(path, '{"name":"<script>"}');
  const html = readFileSync(path, "utf8");
  expect(html).toContain('id="pcs-data">{"name":"\\u003cscript>"}</script>');
  expect(readdirSync(folder)).toEqual(["a.html"]);
  if (process.platform !== "win32") expect(statSync(path).mode & 0o077).toBe(0);
  await writeReportFile(path, '{"name":"<script>"}');
  expect(readFileSync(path, "utf8")).toBe(html);
});

test("where it cannot be written that is told before and after, and what was there stays", () => {
  const nowhere = join(folder, "nowhere", "a.html");
  const sentence = `cannot write ${nowhere}: there is no such file or folder.`;
  expect(() => checkReportFile(nowhere)).toThrow(sentence);
  expect(writeReportFile(nowhere, "{}")).rejects.toThrow(sentence);
  const inside = join(folder, "folder");
  mkdirSync(inside);
  expect(() => checkReportFile(inside)).toThrow(`cannot write ${inside}: it is a folder.`);
});
