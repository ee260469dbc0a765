/** Where the token of the dashboard comes from: never from an argument, which others could see. */
import { readFile } from "node:fs/promises";
import { ExpectedError, reasonOf } from "../lib/errors.ts";

/** The token out of the file, or else out of the environment. */
export async function givenToken(file: string | undefined): Promise<string | undefined> {
  const [text, place] =
    file === undefined ? [process.env["PCS_TOKEN"] ?? "", "PCS_TOKEN"] : [await readToken(file), file];
  const token = text.trim();
  if (token === "" && file === undefined) return undefined;
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new ExpectedError(`${place} holds no token: it must be one word of ASCII characters.`);
  return token;
}

async function readToken(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new ExpectedError(`cannot read ${file}: ${reasonOf(error)}.`, { cause: error });
  }
}
