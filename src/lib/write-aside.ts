/** Writes a file beside its place, whole and synced, and puts it there in one step. */
import { link, open, rename, rm } from "node:fs/promises";
import { errorCode } from "./errors.ts";

export interface WriteAsideOptions {
  /** Where it is written first, on the same disk; there is no such file. */
  draft: string;
  /** Whether a file that is there gives way. */
  mayReplace: boolean;
  /** Of the file, as far as the system's mask lets it. */
  mode: number;
}

/** Nothing is left behind where it fails. @throws as the system does, `EEXIST` where one is there and may not give way */
export async function writeAside(
  path: string,
  content: string | Uint8Array,
  { draft, mayReplace, mode }: WriteAsideOptions,
): Promise<void> {
  try {
    const file = await open(draft, "wx", mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    if (mayReplace) await rename(draft, path);
    else await moveToNew(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** A link fails where the name is taken, and a renaming does not. */
async function moveToNew(draft: string, path: string): Promise<void> {
  try {
    await link(draft, path);
  } catch (error) {
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes(errorCode(error) ?? "")) throw error;
    // No links on this disk (FAT on a USB stick): take the name first.
    await (await open(path, "wx")).close();
    return await rename(draft, path);
  }
  await rm(draft);
}
