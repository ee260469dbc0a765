import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "bun:test";
import { temporaryFolders } from "../temporary-folder.test-support.ts";
import { DiskCollections } from "./disk-collections.ts";
import { DiskFile } from "./incoming-file.ts";

const makeFolder = temporaryFolders();
let folder: string;
let count = 0;
beforeEach(() => {
  folder = makeFolder();
});

async function arrived(text: string): Promise<DiskFile> {
  const file = new DiskFile(join(folder, `${++count}.part`));
  file.write(Buffer.from(text), 0, Buffer.byteLength(text));
  await file.finish();
  return file;
}

const receipt = (student: string, file: string, timeMs = 1_000) => ({
  student,
  file,
  bytes: 5,
  sha256: "ab".repeat(32),
  timeMs,
});

test("each student's file, the earlier ones beside it, and a row for each", async () => {
  const store = new DiskCollections(join(folder, "collected"), folder);
  for (const text of ["first", "later"])
    expect(await store.keep(await arrived(text), "hw1", receipt("ann", 'a,"b".txt'))).toBeUndefined();
  await store.keep(await arrived("x"), "hw1", receipt("José 🎓", "=cmd.txt"));
  const path = join(folder, "collected/hw1");
  expect(readFileSync(join(path, 'ann/a,"b".txt'), "utf8")).toBe("later");
  expect(readFileSync(join(path, 'ann/a,"b" (1).txt'), "utf8")).toBe("first");
  expect(readFileSync(join(path, "receipts.csv"), "utf8").split("\n")).toEqual([
    "student,file,bytes,sha256,time",
    ...Array(2).fill(`ann,"a,""b"".txt",5,${"ab".repeat(32)},1970-01-01T00:00:01.000Z`),
    `José 🎓,'=cmd.txt,5,${"ab".repeat(32)},1970-01-01T00:00:01.000Z`,
    "",
  ]);
  expect(store.receipts("hw1")).toEqual([
    receipt("ann", 'a,"b".txt'),
    receipt("ann", 'a,"b".txt'),
    receipt("José 🎓", "=cmd.txt"),
  ]);
  expect(store.receipts("hw2")).toEqual([]);
});

test("what is open is there after a restart; what cannot be read is told", async () => {
  const store = new DiskCollections(join(folder, "collected"), folder);
  expect(store.open()).toEqual({ collections: [], lastNumber: 0 });
  await store.saveOpen([{ number: 3, name: "hw1" }], 4);
  const again = new DiskCollections(join(folder, "collected"), folder);
  expect(again.open()).toEqual({ collections: [{ number: 3, name: "hw1" }], lastNumber: 4 });
  writeFileSync(join(folder, "collected/open.json"), "{");
  expect(() => again.open()).toThrow("cannot be read");
});

test("what cannot be kept is told", async () => {
  const store = new DiskCollections(join(folder, "collected"), folder);
  const file = await arrived("x");
  writeFileSync(join(folder, "collected"), "in the way");
  expect(await store.keep(file, "hw1", receipt("ann", "a.txt"))).toBe("it exists already");
});
