/** Gives a file that has come its name: nothing that is there is ever replaced. */
import { open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "../../lib/errors.ts";
import { numberedName } from "../files/file-name.ts";
import { maxNumberedNames } from "./limits.ts";

/** Takes the first free name, by making an empty file there that nobody else can have made. @returns the name */
export async function placeFile(temporary: string, folder: string, wanted: string): Promise<string> {
  for (let count = 1; count <= maxNumberedNames; count++) {
    const name = count === 1 ? wanted : numberedName(wanted, count);
    const target = join(folder, name);
    try {
      await (await open(target, "wx")).close();
    } catch (error) {
      if (errorCode(error) === "EEXIST" || errorCode(error) === "EISDIR") continue;
      throw error;
    }
    try {
      await rename(temporary, target);
    } catch (error) {
      await rm(target, { force: true });
      throw error;
    }
    return name;
  }
  throw new Error("there are too many files of this name");
}
