/**
 * A file on its way to disk: bytes are gathered and written in large pieces, one after another, while the socket
 * goes on; whoever feeds it looks at `pendingBytes` to stop reading in time.
 */
import { open, rm, statfs, type FileHandle } from "node:fs/promises";
import type { IncomingFile } from "../../classroom/files/file-store.ts";
import { reasonOf } from "../../lib/errors.ts";

const pieceBytes = 256 << 10;
const lowWaterBytes = 256 << 10;
/** Free space is looked at again after this many bytes. */
const checkedBytes = 16 << 20;

/** Free bytes that stay on the disk whatever people send. */
export const reservedBytes = 64 << 20;

export class DiskFile implements IncomingFile {
  onDrain: (() => void) | undefined;
  pendingBytes = 0;
  readonly path: string;
  #reserved: number;
  #piece = new Uint8Array(pieceBytes);
  #filled = 0;
  #written = 0;
  #checkedAt = -checkedBytes;
  #failure: string | undefined;
  #handle: FileHandle | undefined;
  #chain: Promise<void>;

  /**
   * @param reserved free bytes that stay on the disk
   * @param goOnAt bytes that are there already, where the file is gone on with
   */
  constructor(path: string, reserved = reservedBytes, goOnAt?: number) {
    this.path = path;
    this.#reserved = reserved;
    this.#chain = this.#step(async () => {
      this.#handle = await open(path, goOnAt === undefined ? "wx" : "a", 0o600);
    });
  }

  write(bytes: Uint8Array, start: number, end: number): void {
    if (this.#failure !== undefined) return;
    for (let at = start; at < end;) {
      const taken = Math.min(end - at, pieceBytes - this.#filled);
      this.#piece.set(bytes.subarray(at, at + taken), this.#filled);
      this.#filled += taken;
      at += taken;
      if (this.#filled === pieceBytes) this.#writePiece();
    }
  }

  async finish(): Promise<string | undefined> {
    if (this.#filled > 0) this.#writePiece();
    await this.#chain;
    if (this.#failure === undefined) await this.#step(async () => this.#handle?.datasync());
    await this.#close();
    return this.#failure;
  }

  async discard(): Promise<void> {
    this.#failure ??= "it was given up";
    await this.#chain;
    await this.#close();
    await rm(this.path, { force: true });
  }

  #writePiece(): void {
    const piece = this.#piece.subarray(0, this.#filled);
    this.#piece = new Uint8Array(pieceBytes);
    this.#filled = 0;
    this.pendingBytes += piece.length;
    this.#chain = this.#appendBehind(this.#chain, piece);
  }

  async #appendBehind(earlier: Promise<void>, piece: Uint8Array): Promise<void> {
    await earlier;
    await this.#step(async () => this.#append(piece));
    this.pendingBytes -= piece.length;
    if (this.pendingBytes <= lowWaterBytes) this.onDrain?.();
  }

  async #append(piece: Uint8Array): Promise<void> {
    if (this.#written - this.#checkedAt >= checkedBytes) {
      const { bavail, bsize } = await statfs(this.path);
      this.#checkedAt = this.#written;
      if (bavail * bsize < this.#reserved + piece.length) {
        this.#failure = "the disk of the server is full";
        return;
      }
    }
    for (let at = 0; at < piece.length;) {
      const { bytesWritten } = await this.#handle!.write(piece, at);
      at += bytesWritten;
    }
    this.#written += piece.length;
  }

  /** Does one thing unless something failed before; remembers the first failure. */
  async #step(work: () => Promise<unknown>): Promise<void> {
    if (this.#failure !== undefined) return;
    try {
      await work();
    } catch (error) {
      this.#failure = reasonOf(error);
    }
  }

  async #close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    try {
      await handle?.close();
    } catch (error) {
      this.#failure ??= reasonOf(error);
    }
  }
}
