/**
 * The end of a file that grows. What comes in large pieces goes to the disk past the system's cache where the file
 * system can do that: it spares a copy of every byte, and there is no heap of it left that must be synced, behind which
 * every other sync (messages, answers) would wait.
 *
 *      | … in the cache | large pieces: past it, at multiples of 4 KiB | the rest: in the cache |
 */
import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";

/** Where pieces past the cache begin and end; what disks want is this or less. */
export const directStepBytes = 4096;
/** Less at once is quicker through the cache. */
const directBytes = 1 << 20;

export class FileWriter {
  /** The file's length. */
  length: number;
  /** Bytes written through the cache since the last `sync` began. */
  unsyncedBytes = 0;
  readonly #path: string;
  readonly #handle: FileHandle;
  /** The same file without the cache; undefined while it was not needed, null where that is not to be had. */
  #direct: FileHandle | undefined | null = process.platform === "linux" ? undefined : null;

  private constructor(path: string, handle: FileHandle, length: number) {
    this.#path = path;
    this.#handle = handle;
    this.length = length;
  }

  /**
   * @param length of a file that is gone on with; a new one is made where it is undefined
   * @param mode who may read a new one
   * @throws as `open` does
   */
  static async open(path: string, length: number | undefined, mode: number): Promise<FileWriter> {
    return new FileWriter(path, await open(path, length === undefined ? "wx" : "r+", mode), length ?? 0);
  }

  /** Puts the pieces, so many bytes, behind what is there. @throws as writing does */
  async append(pieces: Uint8Array[], bytes: number): Promise<void> {
    if (bytes >= directBytes && this.#isAligned(pieces) && (await this.#appendDirect(pieces, bytes))) return;
    await writeAll(this.#handle, pieces, this.length);
    this.length += bytes;
    this.unsyncedBytes += bytes;
  }

  /** Resolves when all that was appended before is on the disk. */
  async sync(): Promise<void> {
    this.unsyncedBytes = 0;
    await this.#handle.datasync();
  }

  async close(): Promise<void> {
    await this.#direct?.close();
    await this.#handle.close();
  }

  #isAligned(pieces: readonly Uint8Array[]): boolean {
    return (
      this.length % directStepBytes === 0 &&
      pieces.every(({ byteOffset, length }) => (byteOffset | length) % directStepBytes === 0)
    );
  }

  /** @returns false where it cannot be done so */
  async #appendDirect(pieces: Uint8Array[], bytes: number): Promise<boolean> {
    if (this.#direct === null) return false;
    try {
      this.#direct ??= await open(this.#path, constants.O_WRONLY | constants.O_DIRECT);
      await writeAll(this.#direct, pieces, this.length);
      this.length += bytes;
      return true;
    } catch {
      // Not every file system can; and what is wrong with the disk is told by the other way, too.
      await this.#direct?.close();
      this.#direct = null;
      return false;
    }
  }
}

async function writeAll(handle: FileHandle, pieces: Uint8Array[], position: number): Promise<void> {
  const { bytesWritten } = await handle.writev(pieces, position);
  let skip = bytesWritten;
  let end = position;
  for (const piece of pieces) {
    const start = end;
    end += piece.length;
    // The system took only a part.
    for (let at = Math.min(skip, piece.length); at < piece.length;)
      at += (await handle.write(piece, at, piece.length - at, start + at)).bytesWritten;
    skip -= Math.min(skip, piece.length);
  }
}
