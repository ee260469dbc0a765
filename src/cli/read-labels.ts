/** The file that `--labels` names: CSV, plain or compressed with gzip. */
import { gunzipSync } from "node:zlib";
import { parseLabels, type Labels } from "../analyzer/anomaly/labels.ts";
import { ExpectedError, reasonOf } from "../lib/errors.ts";
import { maxLabelBytes } from "./limits.ts";

/** @throws ExpectedError with one sentence where the file cannot be read, or is no file of labels */
export async function readLabels(path: string): Promise<Labels> {
  const bytes = await readFile(path);
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return parseLabels(new TextDecoder().decode(isGzip ? inflate(path, bytes) : bytes));
}

async function readFile(path: string): Promise<Uint8Array> {
  try {
    const file = Bun.file(path);
    if (file.size > maxLabelBytes) throw new ExpectedError(`The labels in ${path} are too large.`);
    return await file.bytes();
  } catch (error) {
    if (error instanceof ExpectedError) throw error;
    throw new ExpectedError(`cannot read the labels in ${path}: ${reasonOf(error)}.`, { cause: error });
  }
}

function inflate(path: string, bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: maxLabelBytes });
  } catch (error) {
    throw new ExpectedError(`The labels in ${path} cannot be inflated: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
}
