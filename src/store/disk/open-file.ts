/** A file on disk as a source to send from. */
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import type { OpenFile } from "../../classroom/files/file-store.ts";
import { ExpectedError, reasonOf } from "../../lib/errors.ts";
import { readViews } from "../../lib/read-views.ts";

/** Without waiting for somebody to write into what may be a pipe; Windows has no such flag. */
const readOnly = constants.O_RDONLY | (process.platform === "win32" ? 0 : constants.O_NONBLOCK);

/**
 * Opens a regular file for reading from front to back.
 * @throws ExpectedError with one sentence where it cannot be read
 */
export async function openFile(path: string): Promise<OpenFile> {
  const handle = await open(path, readOnly).catch((error: unknown) => {
    throw new ExpectedError(`'${path}' cannot be read: ${reasonOf(error)}.`, { cause: error });
  });
  const stat = await handle.stat();
  if (!stat.isFile()) {
    await handle.close();
    throw new ExpectedError(`'${path}' is not a file.`);
  }
  return {
    size: stat.size,
    modifiedMs: stat.mtimeMs,
    async read(bytes) {
      const buffer = new Uint8Array(bytes);
      const { bytesRead } = await handle.read(buffer, 0, bytes, null);
      return buffer.subarray(0, bytesRead);
    },
    readAt: (views, position) => readViews(handle, views, position),
    close: () => handle.close(),
  };
}
