import { beforeEach, describe, expect, spyOn, test } from "bun:test";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolders } from "../temporary-folder.test-support.ts";
import { DiskScores } from "./disk-scores.ts";

const makeFolder = temporaryFolders();
let folder = "";
let scores: DiskScores;
beforeEach(() => {
  folder = join(makeFolder(), "scores");
  scores = new DiskScores(folder);
});

/** What every open file does, to be watched or broken. */
async function fileHandles(): Promise<FileHandle> {
  const handle = await open(import.meta.path);
  await handle.close();
  return Object.getPrototypeOf(handle);
}

const rows = (file = "s.csv") => readFileSync(join(folder, file), "utf8");

describe("rows", () => {
  test("are there when that is told, in the order they came, without a header", async () => {
    for (const [i, name] of ["ann", "bob", "José"].entries()) {
      expect(await scores.add("s.csv", name, i)).toBeUndefined();
      expect(rows()).toEndWith(`${name},${i}\n`);
    }
    expect(rows()).toBe("ann,0\nbob,1\nJosé,2\n");
  });

  test("that come at once are written together, each file's in their order", async () => {
    const people = Array.from({ length: 50 }, (_, i) => `p${i}`);
    const synced = spyOn(await fileHandles(), "datasync");
    const told = await Promise.all(
      people.flatMap((name, i) => [scores.add("s.csv", name, i), scores.add("t.csv", name, -i)]),
    );
    expect(told.every((failure) => failure === undefined)).toBe(true);
    expect(rows("s.csv")).toBe(people.map((name, i) => `${name},${i}\n`).join(""));
    expect(rows("t.csv")).toBe(people.map((name, i) => `${name},${-i}\n`).join(""));
    // The first row came alone.
    expect(synced).toHaveBeenCalledTimes(3);
    synced.mockRestore();
  });

  test("go behind those of an earlier day", async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, "s.csv"), "ann,1\n");
    await scores.add("s.csv", "bob", 2);
    expect(rows()).toBe("ann,1\nbob,2\n");
  });

  test("begin a line of their own behind one that was cut", async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, "s.csv"), "ann,1\nbo");
    await scores.add("s.csv", "bob", 2);
    expect(rows()).toBe("ann,1\nbo\nbob,2\n");
  });
});

describe("a failure", () => {
  test("is told to each whose row was not written, and the next try succeeds", async () => {
    writeFileSync(folder, "a file in place of the folder");
    const told = await Promise.all(["ann", "bob", "eve"].map((name) => scores.add("s.csv", name, 1)));
    expect(told).toEqual(["it exists already", "it exists already", "it exists already"]);
    rmSync(folder);
    expect(await scores.add("s.csv", "ann", 1)).toBeUndefined();
    expect(rows()).toBe("ann,1\n");
  });

  test("takes back what was written: the rows will come again", async () => {
    await scores.add("s.csv", "ann", 1);
    const synced = spyOn(await fileHandles(), "datasync").mockRejectedValue(new Error("the disk is broken"));
    const told = await Promise.all(["bob", "eve"].map((name) => scores.add("s.csv", name, 1)));
    synced.mockRestore();
    expect(told).toEqual(["the disk is broken", "the disk is broken"]);
    expect(rows()).toBe("ann,1\n");
  });

  test("of one file touches no other", async () => {
    mkdirSync(join(folder, "s.csv"), { recursive: true });
    const told = await Promise.all([scores.add("s.csv", "ann", 1), scores.add("t.csv", "ann", 2)]);
    expect(told).toEqual(["it is a folder", undefined]);
    expect(rows("t.csv")).toBe("ann,2\n");
  });

  test.if(existsSync("/dev/full"))("of a full disk is told", async () => {
    mkdirSync(folder);
    symlinkSync("/dev/full", join(folder, "s.csv"));
    expect(await scores.add("s.csv", "ann", 1)).toBe("the disk is full");
  });
});
