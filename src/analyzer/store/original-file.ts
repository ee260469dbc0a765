/**
 * A plain capture file, out of which its packets are read again. It stays open, so that it may be renamed or
 * removed; one that was cut or written over is found out by its size and its time, and by what stands before each
 * packet.
 */
import { closeSync, fstatSync, openSync, readSync, type Stats } from "node:fs";
import type { PacketBatch } from "../capture/packet-batch.ts";
import {
  mostRecordBytes,
  recordCheckFor,
  type ExpectedRecord,
  type RecordCheck,
} from "../capture/record-check.ts";
import type { ByteKeeper } from "./byte-keeper.ts";

/** The longest pseudo header. */
const mostFrontBytes = 8;

/**
 * Opens the file once more.
 * @param name what it is called
 * @throws an error of the system where that cannot be done
 */
export function openOriginalFile(path: string, name = path): OriginalFile {
  return new OriginalFile(name, openSync(path, "r"));
}

export class OriginalFile implements ByteKeeper {
  readonly before = mostRecordBytes + mostFrontBytes;
  readonly lost = 0;
  readonly warnings: readonly string[] = [];
  private readonly name: string;
  private readonly file: number;
  private readonly check: RecordCheck | undefined;
  /** As it was when the last packets were read: it may grow while it is read. */
  private seen: Stats;
  private isClosed = false;

  constructor(name: string, file: number) {
    this.name = name;
    this.file = file;
    this.seen = fstatSync(file);
    const head = new Uint8Array(8);
    this.check = recordCheckFor(head.subarray(0, this.copy(0, head)));
  }

  keep(batch: PacketBatch, places: Float64Array): void {
    const { count, position = Number.NaN, offset } = batch;
    for (let i = 0; i < count; i++) places[i] = position + offset[i]!;
    if (!this.isClosed) this.seen = fstatSync(this.file);
  }

  problemAt(): string | undefined {
    if (this.isClosed) return "The capture was closed.";
    try {
      const now = fstatSync(this.file);
      if (now.size < this.seen.size) return `${this.name} became shorter after it was read.`;
      if (now.size === this.seen.size && now.mtimeMs !== this.seen.mtimeMs)
        return `${this.name} was written over after it was read.`;
      return undefined;
    } catch {
      return `${this.name} can no longer be read.`;
    }
  }

  copy(place: number, into: Uint8Array): number {
    let length = 0;
    try {
      while (length < into.length) {
        const read = readSync(this.file, into, length, into.length - length, place + length);
        if (read === 0) break;
        length += read;
      }
    } catch {
      // What could not be read is missing, and that is told.
    }
    return length;
  }

  isSame(view: DataView, at: number, expected: ExpectedRecord): boolean {
    return this.check?.(view, at, expected) ?? false;
  }

  close(): Promise<void> {
    if (!this.isClosed) closeSync(this.file);
    this.isClosed = true;
    return Promise.resolve();
  }
}
