/**
 * A file on its way to disk: bytes are gathered in large pieces, and what is gathered is written in one call while
 * the socket goes on; whoever feeds it looks at `pendingBytes` to stop reading in time.
 *
 * What was written is also synced in steps meanwhile. Otherwise a whole file would wait for its end to go to the
 * disk, and every other sync (messages, answers) would wait behind it.
 */
import { open, rm, statfs, type FileHandle } from "node:fs/promises";
import { reasonOf } from "./errors.ts";

const pieceBytes = 256 << 10;
/** Pieces in one call. */
const maxPiecesAtOnce = 8;
/** Pieces that are kept to be filled again. */
const maxSparePieces = 16;
const lowWaterBytes = 1 << 20;
/** Bytes that may be written and not yet begun to be synced. */
const syncStepBytes = 8 << 20;
/** Free space is looked at again after this many bytes. */
const checkedBytes = 16 << 20;

export interface GrowingFileOptions {
  /** Free bytes that stay on the disk. */
  reserved: number;
  /** Words that tell that the disk is full. */
  full: string;
  /** Who may read it; the owner alone where it is missing. */
  mode?: number;
  /** Bytes that are there already, where the file is gone on with. */
  goOnAt?: number | undefined;
}

export class GrowingFile {
  /** Told when `pendingBytes` is low again. */
  onDrain: (() => void) | undefined;
  /** Bytes taken and not yet with the system. */
  pendingBytes = 0;
  readonly path: string;
  #options: GrowingFileOptions;
  #piece: Uint8Array | undefined;
  #filled = 0;
  #waiting: Uint8Array[] = [];
  #spare: Uint8Array[] = [];
  #written = 0;
  #syncedTo = 0;
  #syncing: Promise<void> | undefined;
  #checkedAt = -checkedBytes;
  #failure: string | undefined;
  #handle: FileHandle | undefined;
  #opening: Promise<void>;
  #writing: Promise<void> | undefined;

  constructor(path: string, options: GrowingFileOptions) {
    this.path = path;
    this.#options = options;
    this.#opening = this.#step(async () => {
      this.#handle = await open(path, options.goOnAt === undefined ? "wx" : "a", options.mode ?? 0o600);
    });
  }

  /** Takes a copy of `bytes[start .. end)`; never throws, and after a failure takes nothing. */
  write(bytes: Uint8Array, start: number, end: number): void {
    if (this.#failure !== undefined) return;
    for (let at = start; at < end;) {
      this.#piece ??= this.#spare.pop() ?? new Uint8Array(pieceBytes);
      const taken = Math.min(end - at, pieceBytes - this.#filled);
      this.#piece.set(bytes.subarray(at, at + taken), this.#filled);
      this.#filled += taken;
      at += taken;
      if (this.#filled === pieceBytes) this.#passPiece();
    }
  }

  /** Waits for every byte to be synced. @returns words that fit behind a colon where the file could not be written */
  async finish(): Promise<string | undefined> {
    this.#passPiece();
    await this.#writing;
    await this.#opening;
    await this.#syncing;
    await this.#step(async () => this.#handle?.datasync());
    await this.#close();
    return this.#failure;
  }

  /** Takes the file away. */
  async discard(): Promise<void> {
    this.#failure ??= "it was given up";
    await this.#opening;
    await this.#writing;
    await this.#close();
    await rm(this.path, { force: true });
  }

  #passPiece(): void {
    if (this.#piece === undefined || this.#filled === 0) return;
    this.#waiting.push(this.#piece.subarray(0, this.#filled));
    this.pendingBytes += this.#filled;
    this.#piece = undefined;
    this.#filled = 0;
    this.#writing ??= this.#writeAll();
  }

  /** Never rejects. */
  async #writeAll(): Promise<void> {
    await this.#opening;
    while (this.#waiting.length > 0) {
      const pieces = this.#waiting.splice(0, maxPiecesAtOnce);
      const bytes = pieces.reduce((sum, { length }) => sum + length, 0);
      await this.#step(() => this.#append(pieces, bytes));
      for (const piece of pieces)
        if (this.#spare.length < maxSparePieces) this.#spare.push(new Uint8Array(piece.buffer));
      this.pendingBytes -= bytes;
      if (this.pendingBytes <= lowWaterBytes) this.onDrain?.();
    }
    this.#writing = undefined;
  }

  async #append(pieces: Uint8Array[], bytes: number): Promise<void> {
    if (this.#written - this.#checkedAt >= checkedBytes) {
      const { bavail, bsize } = await statfs(this.path);
      this.#checkedAt = this.#written;
      if (bavail * bsize < this.#options.reserved + bytes) {
        this.#failure = this.#options.full;
        return;
      }
    }
    const { bytesWritten } = await this.#handle!.writev(pieces);
    if (bytesWritten < bytes) await this.#appendRest(pieces, bytesWritten);
    this.#written += bytes;
    if (this.#written - this.#syncedTo >= syncStepBytes) this.#syncMeanwhile();
  }

  /** The system took only a part. */
  async #appendRest(pieces: readonly Uint8Array[], written: number): Promise<void> {
    let skip = written;
    for (const piece of pieces) {
      const from = Math.min(skip, piece.length);
      skip -= from;
      for (let at = from; at < piece.length;) {
        const { bytesWritten } = await this.#handle!.write(piece, at);
        at += bytesWritten;
      }
    }
  }

  #syncMeanwhile(): void {
    if (this.#syncing !== undefined) return;
    this.#syncedTo = this.#written;
    this.#syncing = this.#sync();
  }

  async #sync(): Promise<void> {
    await this.#step(async () => this.#handle?.datasync());
    this.#syncing = undefined;
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
    await this.#syncing;
    const handle = this.#handle;
    this.#handle = undefined;
    this.#spare = [];
    try {
      await handle?.close();
    } catch (error) {
      this.#failure ??= reasonOf(error);
    }
  }
}
