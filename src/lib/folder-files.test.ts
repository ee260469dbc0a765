import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "bun:test";
import { temporaryFolders } from "../store/temporary-folder.test-support.ts";
import { listFolder } from "./folder-files.ts";

const makeFolder = temporaryFolders();
const limits = { files: 4, depth: 3 };
let root: string;
beforeEach(() => {
  root = join(makeFolder(), "project");
  mkdirSync(join(root, "src/deep"), { recursive: true });
  for (const name of ["README", "src/a.ts", "src/deep/b.ts"]) writeFileSync(join(root, name), name);
});

test("files with their places; links are not followed, empty folders are counted", async () => {
  symlinkSync("/etc", join(root, "etc"));
  symlinkSync("README", join(root, "src/link"));
  mkdirSync(join(root, "empty"));
  const found = await listFolder(`${root}/`, limits);
  expect(found?.files.map(({ folder, name }) => `${folder}/${name}`)).toEqual([
    "project/README",
    "project/src/a.ts",
    "project/src/deep/b.ts",
  ]);
  expect(found).toMatchObject({ name: "project", bytes: 27, skipped: 2, emptyFolders: 1 });
});

test("what is no folder is none, a link to one neither", async () => {
  symlinkSync(root, `${root}-link`);
  for (const path of [join(root, "README"), join(root, "nothing"), `${root}-link`])
    expect(await listFolder(path, limits)).toBeUndefined();
});

test("too many, and too deep, are told in one sentence", async () => {
  for (const name of ["c", "d"]) writeFileSync(join(root, name), "");
  expect(listFolder(root, limits)).rejects.toThrow("holds more than 4 files.");
  mkdirSync(join(root, "src/deep/er"));
  expect(listFolder(root, { ...limits, files: 9 })).rejects.toThrow("is more than 3 folders deep.");
  expect(listFolder("/", limits)).rejects.toThrow("all of a disk is not sent.");
});
