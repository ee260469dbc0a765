import { beforeEach, describe, expect, test } from "bun:test";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { IncomingFile } from "../../classroom/files/file-store.ts";
import { temporaryFolders } from "../temporary-folder.test-support.ts";
import { DiskFiles } from "./disk-files.ts";

const makeFolder = temporaryFolders();
let folder = "";
let files: DiskFiles;
beforeEach(() => {
  folder = makeFolder();
  for (const name of ["files", "tmp"]) mkdirSync(join(folder, name));
  files = new DiskFiles(join(folder, "files"), join(folder, "tmp"));
});

async function arrived(content: string): Promise<IncomingFile> {
  const file = files.receive();
  file.write(Buffer.from(content), 0, Buffer.byteLength(content));
  expect(await file.finish()).toBeUndefined();
  return file;
}

const contentsOf = (person: string) =>
  Object.fromEntries(
    readdirSync(join(folder, "files", person))
      .toSorted()
      .map((name) => [name, readFileSync(join(folder, "files", person, name), "utf8")]),
  );

describe("a file", () => {
  test("is kept in the folder of its person, and nothing stays behind", async () => {
    expect(await files.keep(await arrived("x"), "ann", "a.txt")).toBeUndefined();
    expect(await files.keep(await arrived("y"), "José 🎓", "a.txt")).toBeUndefined();
    expect(contentsOf("ann")).toEqual({ "a.txt": "x" });
    expect(contentsOf("José 🎓")).toEqual({ "a.txt": "y" });
    expect(readdirSync(join(folder, "tmp"))).toEqual([]);
  });

  test("keeps those of its name that came earlier beside it", async () => {
    for (const content of ["1", "2", "3"]) await files.keep(await arrived(content), "ann", "a.txt");
    expect(contentsOf("ann")).toEqual({ "a (1).txt": "1", "a (2).txt": "2", "a.txt": "3" });
  });

  test("finds a free number among thousands without a look at each", async () => {
    mkdirSync(join(folder, "files/ann"));
    for (let i = 0; i <= 3_000; i++)
      writeFileSync(join(folder, "files/ann", i === 0 ? "a.txt" : `a (${i}).txt`), "");
    const beganMs = performance.now();
    for (let i = 0; i < 20; i++) await files.keep(await arrived("new"), "ann", "a.txt");
    expect(performance.now() - beganMs).toBeLessThan(1_000);
    expect(readdirSync(join(folder, "files/ann"))).toContain("a (3020).txt");
    expect(await files.usage("ann")).toEqual({ files: 3_021, bytes: 60 });
  });

  test("takes no number that another file has by name", async () => {
    await files.keep(await arrived("mine"), "ann", "a (1).txt");
    for (const content of ["1", "2"]) await files.keep(await arrived(content), "ann", "a.txt");
    expect(contentsOf("ann")).toEqual({ "a (1).txt": "mine", "a (2).txt": "1", "a.txt": "2" });
  });

  test("of one name twenty times at once: none is lost", async () => {
    const contents = Array.from({ length: 20 }, (_, i) => String(i));
    const all = await Promise.all(contents.map(arrived));
    expect(await Promise.all(all.map((file) => files.keep(file, "ann", "a.txt")))).toEqual(
      all.map(() => undefined),
    );
    expect(Object.values(contentsOf("ann")).toSorted()).toEqual(contents.toSorted());
    expect(contentsOf("ann")["a.txt"]).toBe("19");
  });

  test("can be read again from front to back", async () => {
    const open = await files.open(await arrived("some content"));
    expect(open.size).toBe(12);
    const read = async (bytes: number) => Buffer.from(await open.read(bytes)).toString();
    expect([await read(4), await read(100), await read(100)]).toEqual(["some", " content", ""]);
    await open.close();
  });
});

describe("a file that cannot be kept", () => {
  test("is told and removed, and the next is kept", async () => {
    writeFileSync(join(folder, "files/ann"), "a file in place of the folder");
    expect(await files.keep(await arrived("x"), "ann", "a.txt")).toBe("it exists already");
    expect(readdirSync(join(folder, "tmp"))).toEqual([]);
    rmSync(join(folder, "files/ann"));
    expect(await files.keep(await arrived("y"), "ann", "a.txt")).toBeUndefined();
  });

  test("because it vanished", async () => {
    const file = await arrived("x");
    rmSync(join(folder, "tmp"), { recursive: true });
    expect(await files.keep(file, "ann", "a.txt")).toBe("there is no such file or folder");
  });

  test("and cannot even be removed: the next is kept all the same", async () => {
    const file = files.receive();
    await file.finish();
    const [part] = readdirSync(join(folder, "tmp"));
    rmSync(join(folder, "tmp", part!));
    // A folder with something in it can neither take the place of a file nor be removed as one.
    mkdirSync(join(folder, "tmp", part!, "inner"), { recursive: true });
    writeFileSync(join(folder, "files/bob"), "");
    expect(await files.keep(file, "bob", "a.txt")).toBe("it exists already");
    expect(await files.keep(await arrived("y"), "ann", "a.txt")).toBeUndefined();
  });

  test("belongs to another store", () => {
    const foreign: IncomingFile = {
      write() {},
      pendingBytes: 0,
      onDrain: undefined,
      finish: async () => undefined,
      async discard() {},
    };
    expect(() => files.keep(foreign, "ann", "a.txt")).toThrow("a file of another store");
  });
});
