/**
 * The SHA-256 of a file that comes or goes. A large one is hashed by a thread of its own, one for all of them: it takes
 * as long as all that the sockets cost, and chat would wait for it.
 */
import { createHash, type Hash } from "node:crypto";
import type { HashAnswer, HashRequest, Piece } from "./hash-worker.ts";
import { RequestThread } from "./request-thread.ts";

export interface FileHash {
  /**
   * Hashes what comes next. The pieces must stay as they are until it resolves. Shared memory is not copied, and costs
   * least where the same comes again and again.
   */
  update(pieces: readonly Uint8Array[]): Promise<unknown>;
  /**
   * Reads what is at `position` of an open file into the pieces, one after the other, and hashes it: in one go where the
   * hash is made elsewhere; missing where it is made here.
   * @returns bytes read, fewer only at the end of the file
   */
  read?(file: number, position: number, pieces: readonly Uint8Array[]): Promise<number>;
  /** @returns the hash of all that came, in hexadecimal; nothing may come behind it */
  digest(): Promise<string>;
  /** Nobody wants to know any more. */
  forget(): void;
}

/** Below this a hash takes less than asking for it. */
export const threadedBytes = 2 << 20;

/** Buffers of one file that the thread keeps until its end. */
const maxKeptBuffers = 32;

/** @param expectedBytes how much will come */
export function startHash(expectedBytes: number): FileHash {
  return expectedBytes < threadedBytes ? new HashHere() : new HashElsewhere();
}

/** @returns the hash of a file that is gone on with: it knows what is there. @throws as reading does */
export async function goOnHashing(path: string, expectedBytes: number): Promise<FileHash> {
  const hash = startHash(expectedBytes);
  for await (const bytes of Bun.file(path).stream()) await hash.update([bytes]);
  return hash;
}

class HashHere implements FileHash {
  readonly #hash: Hash = createHash("sha256");

  update(pieces: readonly Uint8Array[]): Promise<unknown> {
    for (const piece of pieces) this.#hash.update(piece);
    return Promise.resolve();
  }

  digest(): Promise<string> {
    return Promise.resolve(this.#hash.digest("hex"));
  }

  forget(): void {}
}

let lastId = 0;
let thread: RequestThread<HashRequest, HashAnswer> | undefined;

function hashThread(): RequestThread<HashRequest, HashAnswer> {
  if (thread === undefined || thread.hasEnded) {
    thread = new RequestThread(new URL("./hash-worker.ts", import.meta.url), "./lib/hash-worker.ts");
    thread.unref();
  }
  return thread;
}

class HashElsewhere implements FileHash {
  readonly #id = ++lastId;
  readonly #thread = hashThread();
  readonly #buffers = new Map<SharedArrayBuffer, number>();
  #isOver = false;

  update(pieces: readonly Uint8Array[]): Promise<unknown> {
    const told = pieces.map((piece) => this.#tell(piece));
    return this.#thread.ask({ kind: "update", id: this.#id, pieces: told });
  }

  async read(file: number, position: number, pieces: readonly Uint8Array[]): Promise<number> {
    const told = pieces.map((piece) => this.#tell(piece));
    return Number(await this.#thread.ask({ kind: "read", id: this.#id, file, position, pieces: told }));
  }

  #tell(piece: Uint8Array): Piece {
    const { buffer, byteOffset: start, length } = piece;
    if (!(buffer instanceof SharedArrayBuffer)) return piece;
    const known = this.#buffers.get(buffer);
    if (known !== undefined) return { buffer: known, start, length };
    const number = this.#buffers.size;
    if (number === maxKeptBuffers) return piece;
    this.#buffers.set(buffer, number);
    return { buffer: number, kept: buffer, start, length };
  }

  async digest(): Promise<string> {
    this.#isOver = true;
    return String(await this.#thread.ask({ kind: "digest", id: this.#id }));
  }

  forget(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#thread.ask({ kind: "forget", id: this.#id }).catch(() => undefined);
  }
}
