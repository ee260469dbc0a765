/**
 * What somebody uploads, written as it comes into a private file under a limit. Whatever goes wrong, nothing of it
 * stays behind.
 */
import { closeSync, statfsSync } from "node:fs";
import { open } from "node:fs/promises";
import { ExpectedError, reasonOf } from "../../lib/errors.ts";
import { keptDiskShare, maxUploadBytes } from "../limits.ts";
import { openNamedFile, type NamedFile } from "./private-file.ts";

export interface KeptUpload {
  kind: "kept";
  path: string;
  bytes: number;
  /** Takes the file's name away; who has it open may go on reading it. */
  remove: () => void;
}

export interface RefusedUpload {
  kind: "too_large" | "cut_short" | "no_room";
  /** A sentence. */
  message: string;
}

/**
 * @param announced bytes that there should be; undefined where nobody said
 * @param folders where the file may be made; the first one that works is taken
 */
export async function keepUpload(
  body: ReadableStream<Uint8Array> | null,
  announced: number | undefined,
  folders: readonly string[],
  limit = maxUploadBytes,
): Promise<KeptUpload | RefusedUpload> {
  let file: NamedFile | undefined;
  try {
    file = openNamedFile(folders);
    closeSync(file.file);
    const most = Math.min(limit, mostBytes(file.parent));
    if (announced !== undefined && announced > most) throw new TooLarge(most);
    const bytes = body === null ? 0 : await writeAll(body, file.path, most);
    if (announced !== undefined && bytes !== announced)
      throw new CutShort(`Of ${announced} bytes that were announced ${bytes} came.`);
    return { kind: "kept", path: file.path, bytes, remove: file.remove };
  } catch (error) {
    file?.remove();
    if (error instanceof TooLarge) return { kind: "too_large", message: error.message };
    if (error instanceof CutShort) return { kind: "cut_short", message: error.message };
    return { kind: "no_room", message: `The capture cannot be kept: ${reasonOf(error)}.` };
  }
}

class TooLarge extends ExpectedError {
  constructor(most: number) {
    super(`A capture may have at most ${most} bytes here; pcs analyze --read takes any.`);
  }
}

class CutShort extends ExpectedError {}

function mostBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return Math.floor((bavail * bsize) / keptDiskShare);
}

/** @returns how many bytes those were */
async function writeAll(body: ReadableStream<Uint8Array>, path: string, most: number): Promise<number> {
  const file = await open(path, "r+");
  const reader = body.getReader();
  let bytes = 0;
  try {
    for (;;) {
      const chunk = await nextChunk(reader, bytes);
      if (chunk === undefined) return bytes;
      bytes += chunk.length;
      if (bytes > most) throw new TooLarge(most);
      for (let at = 0; at < chunk.length;) at += (await file.write(chunk, at)).bytesWritten;
    }
  } finally {
    await file.close();
    // Without waiting: who sends too much may go on for long.
    reader.cancel().catch(() => {});
  }
}

async function nextChunk(
  reader: { read(): Promise<{ done: boolean; value?: Uint8Array | undefined }> },
  bytes: number,
): Promise<Uint8Array | undefined> {
  try {
    const { value } = await reader.read();
    return value;
  } catch (error) {
    throw new CutShort(`The capture ended after ${bytes} bytes: ${reasonOf(error).replace(/\.$/, "")}.`);
  }
}
