import { expect, test } from "bun:test";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolders } from "../temporary-folder.test-support.ts";
import { keepBankFile, listBankFiles, maxListedFiles } from "./bank-files.ts";

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

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test("a file is kept whole, over no other unless it replaces it, and nothing else is left behind", async () => {
  const folder = makeFolder();
  expect(await keepBankFile(folder, "a.gift", bytes("one"), false)).toBe("kept");
  expect(await keepBankFile(folder, "a.gift", bytes("two"), false)).toBe("exists");
  expect(readFileSync(join(folder, "a.gift"), "utf8")).toBe("one");
  expect(await keepBankFile(folder, "a.gift", bytes("two"), true)).toBe("kept");
  expect(readFileSync(join(folder, "a.gift"), "utf8")).toBe("two");
  mkdirSync(join(folder, "more"));
  expect(await keepBankFile(folder, "more", bytes("x"), true)).toMatchObject({
    failure: expect.any(String) as string,
  });
  expect(readdirSync(folder).toSorted()).toEqual(["a.gift", "more"]);
  expect(await keepBankFile(join(folder, "gone"), "a.gift", bytes("x"), false)).toMatchObject({
    failure: expect.stringContaining("no such") as string,
  });
});

test("there are only so many, and one of them can still be replaced", async () => {
  const folder = makeFolder();
  for (let i = 0; i < maxListedFiles; i++) writeFileSync(join(folder, `q${i}.gift`), "");
  expect(await keepBankFile(folder, "new.gift", bytes("x"), false)).toEqual({
    failure: "there are 1000 files of questions already",
  });
  expect(await keepBankFile(folder, "q0.gift", bytes("x"), true)).toBe("kept");
});
