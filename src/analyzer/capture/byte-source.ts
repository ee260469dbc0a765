/**
 * Bytes one after the other, wherever they come from: a file, standard input, or memory. Read, not mapped:
 * a mapped file that is cut meanwhile ends the process.
 */
import type { Stats } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { ExpectedError, reasonOf } from "../../lib/errors.ts";
import type { SourceProgress } from "./packet-source.ts";

export interface ByteSource {
  /**
   * Reads some bytes into `into`, at least one unless the source has ended.
   * @returns how many; 0 at the end
   */
  read(into: Uint8Array): Promise<number>;
  /** Why the bytes ended early, as a sentence, once they have. */
  readonly problem: string | undefined;
  readonly progress: SourceProgress;
  close(): Promise<void>;
}

/**
 * A file.
 * @throws ExpectedError when it cannot be opened or is a folder
 */
export async function openFileBytes(path: string): Promise<ByteSource> {
  try {
    const file = await open(path, "r");
    const stat = await file.stat();
    if (stat.isDirectory()) {
      await file.close();
      throw new ExpectedError(`cannot read ${path}: it is a folder.`);
    }
    return new FileBytes(file, stat);
  } catch (error) {
    if (error instanceof ExpectedError) throw error;
    throw new ExpectedError(`cannot read ${path}: ${reasonOf(error)}.`, { cause: error });
  }
}

/** Reads on as long as the file grows; one that others cut or write over meanwhile ends with a problem. */
class FileBytes implements ByteSource {
  problem: string | undefined;
  readonly progress: { readBytes: number; totalBytes: number | undefined };
  private readonly file: FileHandle;
  private readonly before: Stats;

  constructor(file: FileHandle, before: Stats) {
    this.file = file;
    this.before = before;
    this.progress = { readBytes: 0, totalBytes: before.isFile() ? before.size : undefined };
  }

  async read(into: Uint8Array): Promise<number> {
    const { bytesRead } = await this.file.read(into, 0, into.length, null);
    this.progress.readBytes += bytesRead;
    if (bytesRead === 0 && this.before.isFile()) await this.checkEnd();
    return bytesRead;
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  private async checkEnd(): Promise<void> {
    const now = await this.file.stat();
    if (now.size < Math.max(this.before.size, this.progress.readBytes))
      this.problem = "The file became shorter while it was read; what was read counts.";
    else if (now.size === this.before.size && now.mtimeMs !== this.before.mtimeMs)
      this.problem = "The file was written over while it was read; what was read counts.";
  }
}

/** A stream, such as standard input. Keeps at most one of its chunks. */
export function streamBytes(stream: ReadableStream<Uint8Array>): ByteSource {
  const reader = stream.getReader();
  const progress = { readBytes: 0 };
  let chunk: Uint8Array = new Uint8Array(0);
  return {
    problem: undefined,
    progress,
    async read(into) {
      while (chunk.length === 0) {
        const { done, value } = await reader.read();
        if (done) return 0;
        chunk = value;
        progress.readBytes += value.length;
      }
      const length = Math.min(chunk.length, into.length);
      into.set(chunk.subarray(0, length));
      chunk = chunk.subarray(length);
      return length;
    },
    close: () => reader.cancel(),
  };
}

/** Bytes that were read already, and then the rest of their source. */
export function prefixedBytes(prefix: Uint8Array, rest: ByteSource): ByteSource {
  let left = prefix;
  return {
    get problem() {
      return rest.problem;
    },
    get progress() {
      return rest.progress;
    },
    async read(into) {
      if (left.length === 0) return await rest.read(into);
      const length = Math.min(left.length, into.length);
      into.set(left.subarray(0, length));
      left = left.subarray(length);
      return length;
    },
    close: () => rest.close(),
  };
}
