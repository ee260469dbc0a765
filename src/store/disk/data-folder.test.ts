import { afterEach, describe, expect, test } from "bun:test";
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sentenceOf, temporaryFolders } from "../temporary-folder.test-support.ts";
import { openDataFolder } from "./data-folder.ts";

const makeFolder = temporaryFolders();

const holders: Bun.Subprocess[] = [];
afterEach(async () => {
  for (const holder of holders.splice(0)) {
    holder.kill("SIGKILL");
    await holder.exited;
  }
});

/** Another process that holds the folder until it is killed. */
async function heldElsewhere(path: string): Promise<Bun.Subprocess> {
  const script = `
    const { openDataFolder } = await import(${JSON.stringify(join(import.meta.dir, "data-folder.ts"))});
    globalThis.held = openDataFolder(${JSON.stringify(path)});
    process.stdout.write("held");
    setInterval(() => {}, 1000);`;
  const holder = Bun.spawn([process.execPath, "-e", script], { stdout: "pipe", stderr: "inherit" });
  holders.push(holder);
  const { value } = await holder.stdout.getReader().read();
  expect(new TextDecoder().decode(value)).toBe("held");
  return holder;
}

describe("a data folder", () => {
  test("is made with all that is in it, for nobody else to read", () => {
    const path = join(makeFolder(), "some/where/data");
    const folder = openDataFolder(path);
    const names = readdirSync(path).filter((name) => !name.startsWith("server.lock"));
    expect(names.toSorted()).toEqual(["all_quiz_scores", "banks", "files", "tmp"]);
    if (process.platform !== "win32") expect(statSync(path).mode & 0o077).toBe(0);
    expect(folder).toMatchObject({
      path,
      database: join(path, "pcs.sqlite"),
      files: join(path, "files"),
      scores: join(path, "all_quiz_scores"),
      temporary: join(path, "tmp"),
    });
    folder.unlock();
  });

  test("keeps everything but what was arriving when it is opened again", () => {
    const path = makeFolder();
    openDataFolder(path).unlock();
    mkdirSync(join(path, "files/ann"));
    mkdirSync(join(path, "tmp/inner"));
    for (const name of ["files/ann/a.txt", "all_quiz_scores/s.csv", "tmp/1.part", "tmp/inner/2.part"])
      writeFileSync(join(path, name), "x");
    openDataFolder(path).unlock();
    expect(readdirSync(join(path, "tmp"))).toEqual([]);
    expect(existsSync(join(path, "files/ann/a.txt"))).toBe(true);
    expect(existsSync(join(path, "all_quiz_scores/s.csv"))).toBe(true);
  });
});

describe("the lock", () => {
  test("refuses a second server, and leaves what is arriving at the first alone", async () => {
    const path = makeFolder();
    await heldElsewhere(path);
    writeFileSync(join(path, "tmp/1.part"), "arriving");
    expect(sentenceOf(() => openDataFolder(path))).toBe(
      `ExpectedError: another server is already using the data folder ${path}.`,
    );
    expect(existsSync(join(path, "tmp/1.part"))).toBe(true);
  });

  test("is free as soon as who held it is dead, however it died", async () => {
    const path = makeFolder();
    const holder = await heldElsewhere(path);
    holder.kill("SIGKILL");
    await holder.exited;
    openDataFolder(path).unlock();
  });

  test("refuses a second server in one process too, and is free when given back", () => {
    const path = makeFolder();
    const first = openDataFolder(path);
    expect(sentenceOf(() => openDataFolder(path))).toContain("another server is already using");
    first.unlock();
    openDataFolder(path).unlock();
  });
});

describe("told in one sentence", () => {
  for (const [what, inner, reason] of [
    ["a file in its place", "file", "cannot be written: it exists already"],
    ["a file in the way to it", "file/data", "cannot be written: a part of the path is not a folder"],
  ] as const)
    test(what, () => {
      const folder = makeFolder();
      writeFileSync(join(folder, "file"), "");
      const path = join(folder, inner);
      expect(sentenceOf(() => openDataFolder(path))).toBe(
        `ExpectedError: the data folder ${path} ${reason}.`,
      );
    });

  test("a file in place of a folder inside it, and the lock is given back", () => {
    const path = makeFolder();
    writeFileSync(join(path, "files"), "");
    for (let i = 0; i < 2; i++)
      expect(sentenceOf(() => openDataFolder(path))).toBe(
        `ExpectedError: the data folder ${path} cannot be written: it exists already.`,
      );
  });

  test("a lock that is no lock", () => {
    const path = makeFolder();
    writeFileSync(join(path, "server.lock"), "this is some text and no lock at all ".repeat(100));
    expect(sentenceOf(() => openDataFolder(path))).toBe(
      `ExpectedError: the data folder ${path} cannot be used: file is not a database.`,
    );
  });

  test.if(process.platform === "linux")("a file system that cannot be written", () => {
    expect(sentenceOf(() => openDataFolder("/proc/pcs-data"))).toMatch(
      /^ExpectedError: the data folder \/proc\/pcs-data cannot be written: [^\n]+\.$/,
    );
  });
});
