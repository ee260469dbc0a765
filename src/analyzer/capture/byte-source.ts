/**
 * Bytes one after the other, wherever they come from: a file, standard input, or memory. Read, not mapped:
 * a mapped file that is cut meanwhile ends the process.
 */
import { open } from "node:fs/promises";
import { ExpectedError, reasonOf } from "../../lib/errors.ts";

export interface ByteSource {
  /**
   * Reads some bytes into `into`, at least one unless the source has ended.
   * @returns how many; 0 at the end
   */
  read(into: Uint8Array): Promise<number>;
  /** Why the bytes ended early, as a sentence, once they have. */
  readonly problem: string | undefined;
  close(): Promise<void>;
}

/**
 * A file.
 * @throws ExpectedError when it cannot be opened or is a folder
 */
export async function openFileBytes(path: string): Promise<ByteSource> {
  try {
    const file = await open(path, "r");
    if ((await file.stat()).isDirectory()) {
      await file.close();
      throw new ExpectedError(`cannot read ${path}: it is a folder.`);
    }
    return {
      problem: undefined,
      read: async (into) => (await file.read(into, 0, into.length, null)).bytesRead,
      close: () => file.close(),
    };
  } catch (error) {
    if (error instanceof ExpectedError) throw error;
    throw new ExpectedError(`cannot read ${path}: ${reasonOf(error)}.`, { cause: error });
  }
}

/** A stream, such as standard input. Keeps at most one of its chunks. */
export function streamBytes(stream: ReadableStream<Uint8Array>): ByteSource {
  const reader = stream.getReader();
  let chunk: Uint8Array = new Uint8Array(0);
  return {
    problem: undefined,
    async read(into) {
      while (chunk.length === 0) {
        const { done, value } = await reader.read();
        if (done) return 0;
        chunk = value;
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
