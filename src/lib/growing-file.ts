/**
 * A file on its way to disk: bytes are gathered in large pieces, and what is gathered is written, and hashed where that
 * is wanted, while the socket goes on; whoever feeds it looks at `pendingBytes` to stop reading in time.
 *
 * What was written is also synced in steps meanwhile. Otherwise a whole file would wait for its end to go to the
 * disk, and every other sync (messages, answers) would wait behind it.
 */
import { rm, statfs } from "node:fs/promises";
import { reasonOf } from "./errors.ts";
import type { FileHash } from "./file-hash.ts";
import { directStepBytes, FileWriter } from "./file-writer.ts";

const pieceBytes = 256 << 10;
/** Pieces in one call. */
const maxPiecesAtOnce = 8;
/** Pieces of a large file that are waited for, for one call. */
const gatheredPieces = 4;
/** A file is large from here on. */
const largeBytes = 8 << 20;
/** Pieces that are kept to be filled again. */
const maxSparePieces = 16;
/** No less than what is waited for: who is told of nothing would never send the rest of it. */
const lowWaterBytes = gatheredPieces * pieceBytes;
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
  /** Its length in the end, where that is known. */
  expectedBytes?: number | undefined;
  /** Hashes what comes; of what is there already it knows. */
  hash?: FileHash | undefined;
}

export class GrowingFile {
  /** Told when `pendingBytes` is low again. */
  onDrain: (() => void) | undefined;
  /** Bytes taken and not yet with the system. */
  pendingBytes = 0;
  /** Of all of it, once it is finished well; empty where nobody asked for it. */
  sha256 = "";
  readonly path: string;
  #options: GrowingFileOptions;
  #piece: Uint8Array | undefined;
  /** The first piece of a file that is gone on with ends where those of other files do. */
  #room: number;
  #filled = 0;
  #waiting: Uint8Array[] = [];
  #spare: Uint8Array[] = [];
  #isLarge: boolean;
  #isEnding = false;
  #syncing: Promise<void> | undefined;
  #checkedAt = -checkedBytes;
  #failure: string | undefined;
  #writer: FileWriter | undefined;
  #opening: Promise<void>;
  #writing: Promise<void> | undefined;

  constructor(path: string, options: GrowingFileOptions) {
    this.path = path;
    this.#options = options;
    const { goOnAt, mode = 0o600, expectedBytes = 0 } = options;
    this.#isLarge = expectedBytes >= largeBytes;
    this.#room = pieceBytes - ((goOnAt ?? 0) % directStepBytes);
    this.#opening = this.#step(async () => {
      this.#writer = await FileWriter.open(path, goOnAt, mode);
    });
  }

  /** Takes a copy of `bytes[start .. end)`; never throws, and after a failure takes nothing. */
  write(bytes: Uint8Array, start: number, end: number): void {
    if (this.#failure !== undefined) return;
    for (let at = start; at < end;) {
      this.#piece ??= this.#spare.pop() ?? new Uint8Array(new SharedArrayBuffer(pieceBytes));
      const taken = Math.min(end - at, this.#room - this.#filled);
      this.#piece.set(bytes.subarray(at, at + taken), this.#filled);
      this.#filled += taken;
      at += taken;
      if (this.#filled === this.#room) this.#passPiece();
    }
  }

  /** Waits for every byte to be synced. @returns words that fit behind a colon where the file could not be written */
  async finish(): Promise<string | undefined> {
    this.#isEnding = true;
    this.#passPiece();
    this.#writeWaiting();
    await this.#writing;
    await this.#opening;
    await this.#syncing;
    await this.#step(async () => this.#writer?.sync());
    await this.#step(async () => {
      this.sha256 ||= (await this.#options.hash?.digest()) ?? "";
    });
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
    this.#room = pieceBytes;
    this.#writeWaiting();
  }

  #writeWaiting(): void {
    if (this.#isWorth()) this.#writing ??= this.#writeAll();
  }

  /** Whether enough waits for a call. */
  #isWorth(): boolean {
    const enough = this.#isLarge && !this.#isEnding ? gatheredPieces : 1;
    return this.#waiting.length >= enough;
  }

  /** Never rejects. */
  async #writeAll(): Promise<void> {
    await this.#opening;
    while (this.#isWorth()) {
      const pieces = this.#waiting.splice(0, maxPiecesAtOnce);
      const bytes = pieces.reduce((sum, { length }) => sum + length, 0);
      const hashed = this.#step(async () => this.#options.hash?.update(pieces));
      await this.#step(() => this.#append(pieces, bytes));
      await hashed;
      for (const piece of pieces)
        if (this.#spare.length < maxSparePieces) this.#spare.push(new Uint8Array(piece.buffer));
      this.pendingBytes -= bytes;
      if (this.pendingBytes <= lowWaterBytes) this.onDrain?.();
    }
    this.#writing = undefined;
  }

  async #append(pieces: Uint8Array[], bytes: number): Promise<void> {
    const writer = this.#writer!;
    if (writer.length - this.#checkedAt >= checkedBytes) {
      const { bavail, bsize } = await statfs(this.path);
      this.#checkedAt = writer.length;
      if (bavail * bsize < this.#options.reserved + bytes) {
        this.#failure = this.#options.full;
        return;
      }
    }
    await writer.append(pieces, bytes);
    if (writer.unsyncedBytes >= syncStepBytes) this.#syncMeanwhile();
  }

  #syncMeanwhile(): void {
    this.#syncing ??= this.#sync();
  }

  async #sync(): Promise<void> {
    await this.#step(async () => this.#writer?.sync());
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
    const writer = this.#writer;
    this.#writer = undefined;
    this.#spare = [];
    this.#options.hash?.forget();
    try {
      await writer?.close();
    } catch (error) {
      this.#failure ??= reasonOf(error);
    }
  }
}
