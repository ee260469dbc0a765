/** The names of files of questions in one folder. */
import { readdir } from "node:fs/promises";

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
