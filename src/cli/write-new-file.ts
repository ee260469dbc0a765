/** Writes a file whole or not at all, and never by chance over one that is there. */
import { link, open, rename, rm } from "node:fs/promises";
import { randomUUID } from "node:crypto";
import { errorCode, ExpectedError, reasonOf } from "../lib/errors.ts";

/**
 * @param mode of the file, as far as the system's mask lets it
 * @throws ExpectedError with one sentence where it could not be written, or is there and is not to be replaced
 */
export async function writeNewFile(
  path: string,
  text: string,
  mayReplace: boolean,
  mode = 0o666,
): Promise<void> {
  const draft = `${path}.${randomUUID().slice(0, 8)}.part`;
  try {
    const file = await open(draft, "wx", mode);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    if (mayReplace) await rename(draft, path);
    else await moveToNew(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    if (errorCode(error) === "EEXIST")
      throw new ExpectedError(`${path} is there already; --force writes over it.`, { cause: error });
    throw new ExpectedError(`cannot write ${path}: ${reasonOf(error)}.`, { cause: error });
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
