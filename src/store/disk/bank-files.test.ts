import { expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolders } from "../temporary-folder.test-support.ts";
import { listBankFiles, maxListedFiles } from "./bank-files.ts";

const makeFolder = temporaryFolders();

test("files are listed by name, and nothing else; no folder has none", async () => {
  const folder = makeFolder();
  for (const name of ["layers.gift", "ärger.csv", ".hidden", "a b.json"])
    writeFileSync(join(folder, name), "");
  mkdirSync(join(folder, "more"));
  expect(await listBankFiles(folder)).toEqual(["a b.json", "layers.gift", "ärger.csv"]);
  expect(await listBankFiles(join(folder, "nowhere"))).toEqual([]);
});

test("only so many are listed", async () => {
  const folder = makeFolder();
  for (let i = 0; i <= maxListedFiles; i++) writeFileSync(join(folder, `q${i}.gift`), "");
  expect((await listBankFiles(folder)).length).toBe(maxListedFiles);
});
