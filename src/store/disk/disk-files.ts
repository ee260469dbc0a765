/**
 * Files of people on disk:
 *
 *      DATA/tmp/<number>.part        what is arriving
 *      DATA/files/NAME/FILE          what has arrived; an earlier FILE is now `FILE (1)`, `FILE (2)`, …
 */
import { existsSync } from "node:fs";
import { link, lstat, mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { numberedName } from "../../classroom/files/file-name.ts";
import type { FileStore, IncomingFile, OpenFile, Usage } from "../../classroom/files/file-store.ts";
import { errorCode, reasonOf } from "../../lib/errors.ts";
import { DiskFile } from "./incoming-file.ts";
import { openFile } from "./open-file.ts";
import { syncFolder } from "./sync-folder.ts";

/** Numbers tried for an earlier file of the same name. */
const maxEarlierFiles = 10_000;

export class DiskFiles implements FileStore {
  #folder: string;
  #temporary: string;
  #count = 0;
  /** What there is of each person whose folder was looked through; from then on they are counted. */
  #usage = new Map<string, Promise<Usage>>();
  /** One change of a folder at a time, so that two files of one name cannot replace each other unseen. */
  #turn: Promise<unknown> = Promise.resolve();

  /** @param folder and @param temporary are there, on one file system */
  constructor(folder: string, temporary: string) {
    this.#folder = folder;
    this.#temporary = temporary;
  }

  receive(): IncomingFile {
    this.#count++;
    return new DiskFile(join(this.#temporary, `${process.pid}-${this.#count}.part`));
  }

  keep(
    incoming: IncomingFile,
    person: string,
    file: string,
    folders: readonly string[] = [],
  ): Promise<string | undefined> {
    const path = pathOf(incoming);
    const kept = this.#turn.then(() => this.#keepNow(path, [folderOf(person), ...folders], file));
    this.#turn = kept;
    return kept;
  }

  usage(person: string): Promise<Usage> {
    const folder = folderOf(person);
    let usage = this.#usage.get(folder);
    if (usage === undefined) this.#usage.set(folder, (usage = usageOf(join(this.#folder, folder))));
    return usage;
  }

  open(incoming: IncomingFile): Promise<OpenFile> {
    return openFile(pathOf(incoming));
  }

  /** Never rejects, for the next waits for it. */
  async #keepNow(from: string, folders: readonly string[], file: string): Promise<string | undefined> {
    let folder = this.#folder;
    try {
      for (const name of folders) folder = await makeFolder(folder, name);
      const path = join(folder, file);
      const { size } = await lstat(from);
      await keepEarlier(folder, file);
      await rename(from, path);
      await syncFolder(folder);
      const [person = ""] = folders;
      const usage = await this.#usage.get(person);
      if (usage !== undefined)
        this.#usage.set(person, Promise.resolve({ files: usage.files + 1, bytes: usage.bytes + size }));
      return undefined;
    } catch (error) {
      // What cannot be removed now is removed when the server starts again.
      await rm(from, { force: true }).catch(() => {});
      return reasonOf(error);
    }
  }
}

/** @returns the folder in the other one, made and synced where it was not there; never a link out of it */
async function makeFolder(parent: string, name: string): Promise<string> {
  const folder = join(parent, name);
  const isNew = (await mkdir(folder, { recursive: true })) !== undefined;
  if (isNew) await syncFolder(parent);
  else if (!(await lstat(folder)).isDirectory()) throw new Error(`'${name}' is no folder there`);
  return folder;
}

/** All files in a folder, links not followed; none where it cannot be read. */
async function usageOf(folder: string): Promise<Usage> {
  let [files, bytes] = [0, 0];
  try {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      const inside = entry.isDirectory()
        ? await usageOf(path)
        : { files: 1, bytes: entry.isFile() ? (await lstat(path)).size : 0 };
      files += inside.files;
      bytes += inside.bytes;
    }
  } catch {
    // Nothing has come yet.
  }
  return { files, bytes };
}

/** Gives what bears the name a second one, so that the rename that follows takes nothing away. */
async function keepEarlier(folder: string, file: string): Promise<void> {
  const path = join(folder, file);
  if (!existsSync(path)) return;
  for (let number = freeNumber(folder, file); number <= maxEarlierFiles; number++) {
    const earlier = join(folder, numberedName(file, number));
    try {
      await link(path, earlier);
      return;
    } catch (error) {
      const code = errorCode(error);
      if (code === "EEXIST") continue;
      // A folder, or a file system without hard links: move it out of the way instead.
      if (existsSync(earlier)) continue;
      return await rename(path, earlier);
    }
  }
  throw new Error("there are too many files of this name");
}

/** A number that no file bears, found in few looks: there may be thousands of one name. */
function freeNumber(folder: string, file: string): number {
  const isTaken = (number: number): boolean => existsSync(join(folder, numberedName(file, number)));
  let [taken, free] = [0, 1];
  while (free <= maxEarlierFiles && isTaken(free)) [taken, free] = [free, free * 2];
  while (free - taken > 1) {
    const middle = Math.floor((taken + free) / 2);
    if (isTaken(middle)) taken = middle;
    else free = middle;
  }
  return free;
}

/** A person's folder; on Windows without what its file systems do not hold. */
function folderOf(person: string): string {
  if (process.platform !== "win32") return person;
  const name = person.replaceAll(/[<>|?*]/g, "_").replace(/[. ]+$/, "_");
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name) ? `${name}_` : name;
}

function pathOf(incoming: IncomingFile): string {
  if (!(incoming instanceof DiskFile)) throw new TypeError("a file of another store");
  return incoming.path;
}
