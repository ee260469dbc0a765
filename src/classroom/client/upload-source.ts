/** A file of this disk as something to send. */
import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { ExpectedError, reasonOf } from "../../lib/errors.ts";
import type { BlockFile } from "../files/block-file.ts";
import type { RawSource } from "../protocol/raw-file.ts";
import { baseName } from "../files/file-name.ts";
import { sameWord } from "../files/same-word.ts";
import { readViews } from "../../lib/read-views.ts";
import { showableLine } from "../../lib/showable.ts";

export interface UploadSource extends RawSource, BlockFile {
  /** The name to announce: no path, no control character, no colon (which ends a field of the announcement). */
  readonly name: string;
  /** Stands for its content. */
  readonly same: string;
  /** Bytes read so far; less than `size` at the end of a file that shrank. */
  readonly taken: number;
  close(): Promise<void>;
}

/**
 * Opens a regular file for sending.
 * @param path as typed; `~/` is the home folder
 * @throws ExpectedError with one sentence
 */
export async function openUpload(path: string, home: string | undefined): Promise<UploadSource> {
  const shown = showableLine(path);
  const refuse = (why: string) => new ExpectedError(`'${shown}' cannot be sent: ${why}.`);
  const place = homePath(path, home);
  if (place.includes("\0")) throw refuse("no file has such a name");
  let handle: FileHandle;
  try {
    // Without O_NONBLOCK, opening a named pipe would wait for somebody to write to it.
    handle = await open(place, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    throw refuse(reasonOf(error));
  }
  try {
    const stat = await handle.stat();
    if (stat.isDirectory()) throw refuse("it is a folder");
    if (!stat.isFile()) throw refuse("it is no regular file");
    return makeSource(handle, announcedName(place), stat.size, sameWord(place, stat.size, stat.mtimeMs));
  } catch (error) {
    await handle.close();
    throw error instanceof ExpectedError ? error : refuse(reasonOf(error));
  }
}

/** The path as it is meant: `~/` is the home folder. */
export function homePath(path: string, home: string | undefined): string {
  return home !== undefined && /^~[/\\]/.test(path) ? join(home, path.slice(2)) : path;
}

function announcedName(path: string): string {
  return showableLine(baseName(path)).replace(/[:�]/g, "_");
}

function makeSource(handle: FileHandle, name: string, size: number, same: string): UploadSource {
  let taken = 0;
  return {
    name,
    size,
    same,
    get taken() {
      return taken;
    },
    async read(bytes) {
      // A buffer of its own for each chunk: the send queue keeps it until the socket has taken it.
      const { bytesRead, buffer } = await handle.read(new Uint8Array(bytes), 0, bytes, taken);
      taken += bytesRead;
      return buffer.subarray(0, bytesRead);
    },
    descriptor: handle.fd,
    readAt: (views, position) => readViews(handle, views, position),
    close: () => handle.close(),
  };
}
