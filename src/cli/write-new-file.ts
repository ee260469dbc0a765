/** Writes a file whole or not at all, and never by chance over one that is there. */
import { randomUUID } from "node:crypto";
import { errorCode, ExpectedError, reasonOf } from "../lib/errors.ts";
import { writeAside } from "../lib/write-aside.ts";

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
    await writeAside(path, text, { draft, mayReplace, mode });
  } catch (error) {
    if (errorCode(error) === "EEXIST")
      throw new ExpectedError(`${path} is there already; --force writes over it.`, { cause: error });
    throw new ExpectedError(`cannot write ${path}: ${reasonOf(error)}.`, { cause: error });
  }
}
