/** Where files are kept that arrive in parts, over several connections if need be: the port that `store/disk` implements. */
import type { IncomingFile } from "./file-store.ts";

/** What must be the same for a file to be gone on with. */
export interface PartInfo {
  owner: string;
  name: string;
  size: number;
  /** The person it is to; empty for the server. */
  to: string;
  /** The folders it is in, where it is a file of a folder. */
  folders?: readonly string[] | undefined;
}

export interface Part {
  /** Stands for what has arrived. */
  word: string;
  file: IncomingFile;
  /** Bytes that were there already. */
  bytes: number;
}

export interface PartStore {
  /**
   * Begins a file. What arrives of it stays until `forget`, also when the server ends.
   * @throws ExpectedError with one sentence where that cannot be had, or there is no room for so much
   */
  begin(info: PartInfo): Promise<Part>;
  /**
   * Goes on with a file.
   * @param seen told what is there already, in order
   * @returns undefined where there is none of this word with just this info, or it is in use
   */
  resume(word: string, info: PartInfo, seen: (bytes: Uint8Array) => void): Promise<Part | undefined>;
  /** The connection of a part broke: it may be gone on with. */
  leave(part: Part): Promise<void>;
  /** The part is kept under its name by now, or not wanted. */
  forget(part: Part): Promise<void>;
}
