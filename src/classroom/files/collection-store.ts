/** Files that are collected from every student: the port that `store/disk` implements. */
import type { IncomingFile } from "./file-store.ts";

export interface Collection {
  /** No other collection of this server ever has the same. */
  number: number;
  name: string;
}

/** That a file was handed in, and which. */
export interface Receipt {
  student: string;
  file: string;
  bytes: number;
  sha256: string;
  /** Milliseconds since 1970. */
  timeMs: number;
}

export interface CollectionStore {
  /** What was being collected when the server ended, with what was handed in. @throws ExpectedError */
  open(): { collections: Collection[]; lastNumber: number };
  /** @throws ExpectedError where it cannot be written */
  saveOpen(collections: readonly Collection[], lastNumber: number): Promise<void>;
  /** What was handed in under this name, the earliest first. */
  receipts(name: string): Receipt[];
  /**
   * Puts a finished file where it belongs and writes the receipt, both synced; an earlier file stays beside it.
   * @returns words that fit behind a colon where that failed
   */
  keep(incoming: IncomingFile, name: string, receipt: Receipt): Promise<string | undefined>;
}
