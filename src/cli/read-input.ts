/** Reads a whole file that a person names, or standard input, and no more than is allowed. */
import { ExpectedError, reasonOf } from "../lib/errors.ts";

/**
 * @param name a path, or `-` for standard input
 * @param mostBytes what is longer is not read to its end
 * @throws ExpectedError with one sentence
 */
export async function readInput(name: string, mostBytes: number): Promise<Uint8Array> {
  try {
    const file = name === "-" ? Bun.stdin : Bun.file(name);
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const part of file.stream()) {
      length += part.length;
      if (length > mostBytes)
        throw new ExpectedError(`${name} is too large: ${mostBytes} bytes are allowed.`);
      parts.push(part);
    }
    return Buffer.concat(parts);
  } catch (error) {
    if (error instanceof ExpectedError) throw error;
    throw new ExpectedError(`cannot read ${name}: ${reasonOf(error)}.`, { cause: error });
  }
}
