/** Files of questions in one folder. */
import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { copyFile, link, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { errorCode, reasonOf } from "../../lib/errors.ts";
import { syncFolder } from "./sync-folder.ts";

/** Names that are listed; the rest is left out. */
export const maxListedFiles = 1_000;

/** @returns names of files, sorted, without hidden ones; none where the folder cannot be read */
export async function listBankFiles(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
      .map(({ name }) => name)
      .toSorted()
      .slice(0, maxListedFiles);
  } catch {
    return [];
  }
}

/**
 * Keeps a file of questions so that at any moment the old one is there, or the new one, whole and synced.
 * @param replaces whether one that is there under that name gives way
 * @returns `exists` where it may not; words that fit behind a colon where it could not be written
 */
export async function keepBankFile(
  folder: string,
  name: string,
  bytes: Uint8Array,
  replaces: boolean,
): Promise<"kept" | "exists" | { failure: string }> {
  // Hidden: nobody lists it.
  const temporary = join(folder, `.${randomUUID()}.new`);
  try {
    const names = await readdir(folder);
    if (!names.includes(name) && names.length >= maxListedFiles)
      return { failure: `there are ${maxListedFiles} files of questions already` };
    await writeSynced(temporary, bytes);
    if (replaces) await rename(temporary, join(folder, name));
    else await putBeside(temporary, join(folder, name));
    await syncFolder(folder);
    return "kept";
  } catch (error) {
    return errorCode(error) === "EEXIST" ? "exists" : { failure: reasonOf(error) };
  } finally {
    await rm(temporary, { force: true }).catch(() => {});
  }
}

/** Unlike a rename it never takes the place of what is there. @throws EEXIST then */
async function putBeside(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    // A file system without hard links, such as that of a USB stick.
    if (errorCode(error) === "EEXIST") throw error;
    await copyFile(from, to, constants.COPYFILE_EXCL);
  }
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, "wx", 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
