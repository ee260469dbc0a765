/** The files of a folder, as they are sent: with their places within it, and never out of it. */
import { lstat, opendir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { ExpectedError, reasonOf } from "./errors.ts";

export interface FolderFile {
  /** Where it lies. */
  path: string;
  /** The folder it is in, from the one that is sent on: `project/src`. */
  folder: string;
  name: string;
}

export interface FolderFiles {
  name: string;
  files: FolderFile[];
  /** Of all files together. */
  bytes: number;
  /** Links and what is neither file nor folder: not followed, not sent. */
  skipped: number;
  /** Folders with nothing in them, which no file brings along. */
  emptyFolders: number;
}

/**
 * Lists a folder and what is in it. Links are not followed.
 * @returns undefined where the path is no folder
 * @throws ExpectedError with one sentence where it holds too much or cannot be read
 */
export async function listFolder(
  path: string,
  limits: { files: number; depth: number },
): Promise<FolderFiles | undefined> {
  const root = resolve(path);
  try {
    if (!(await lstat(root)).isDirectory()) return undefined;
  } catch {
    // Whoever opens it as a file tells why that is not possible.
    return undefined;
  }
  const found: FolderFiles = { name: basename(root), files: [], bytes: 0, skipped: 0, emptyFolders: 0 };
  if (found.name === "") throw new ExpectedError("all of a disk is not sent.");
  try {
    await walk(root, found.name, 1);
  } catch (error) {
    if (error instanceof ExpectedError) throw error;
    throw new ExpectedError(`the folder '${path}' cannot be read: ${reasonOf(error)}.`, { cause: error });
  }
  found.files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return found;

  async function walk(place: string, folder: string, depth: number): Promise<void> {
    if (depth > limits.depth)
      throw new ExpectedError(`the folder '${path}' is more than ${limits.depth} folders deep.`);
    let isEmpty = true;
    for await (const entry of await opendir(place)) {
      isEmpty = false;
      const inner = join(place, entry.name);
      if (entry.isDirectory()) await walk(inner, `${folder}/${entry.name}`, depth + 1);
      else if (!entry.isFile()) found.skipped++;
      else {
        if (found.files.length === limits.files)
          throw new ExpectedError(`the folder '${path}' holds more than ${limits.files} files.`);
        found.files.push({ path: inner, folder, name: entry.name });
        found.bytes += (await lstat(inner)).size;
      }
    }
    if (isEmpty) found.emptyFolders++;
  }
}
