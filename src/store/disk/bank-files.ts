/** Files of questions in one folder. */
import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { errorCode, reasonOf } from "../../lib/errors.ts";
import { writeAside } from "../../lib/write-aside.ts";
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
  try {
    const names = await readdir(folder);
    if (!names.includes(name) && names.length >= maxListedFiles)
      return { failure: `there are ${maxListedFiles} files of questions already` };
    // Hidden: nobody lists it.
    const draft = join(folder, `.${randomUUID()}.new`);
    await writeAside(join(folder, name), bytes, { draft, mayReplace: replaces, mode: 0o600 });
    await syncFolder(folder);
    return "kept";
  } catch (error) {
    return errorCode(error) === "EEXIST" ? "exists" : { failure: reasonOf(error) };
  }
}
