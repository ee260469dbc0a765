/** Where files are kept that arrive in parts, over several connections if need be: the port that `store/disk` implements. */
import { ExpectedError } from "../../lib/errors.ts";
import type { IncomingFile } from "./file-store.ts";

/** The disk has no room for a file: one sentence says so. */
export class NoRoomError extends ExpectedError {}

/** What must be the same for a file to be gone on with. */
export interface PartInfo {
  owner: string;
  name: string;
  size: number;
  /** The person it is to; empty for the server. */
  to: string;
  /** The folders it is in, where it is a file of a folder. */
  folders?: readonly string[] | undefined;
  /** The number of the collection that it is for. */
  collect?: number | undefined;
  /** Where it is a file of questions: whether one of the same name gives way. */
  bank?: "new" | "replace" | undefined;
  /** The room that it goes to, where it is a teacher's to all in it. */
  room?: string | undefined;
}

/** A file whose hash is made while it arrives. */
export interface HashedFile extends IncomingFile {
  /** The SHA-256 of all of it, in hexadecimal, once `finish` found nothing wrong. */
  readonly sha256: string;
}

export interface Part {
  /** Stands for what has arrived. */
  word: string;
  file: HashedFile;
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
   * @returns undefined where there is none of this word with just this info, or it is in use
   */
  resume(word: string, info: PartInfo): Promise<Part | undefined>;
  /**
   * A file has come whole and is about to be kept: from now on its word stands for a finished file, also when the
   * server ends, until `forget`. Never fails.
   */
  seal(part: Part, info: PartInfo, sha256: string): Promise<void>;
  /** The sealed part was kept under its name: nothing of it is here any more but what its word stands for. */
  finish(part: Part): Promise<void>;
  /** @returns the hash of a file that was kept already, where the word stands for one with just this info */
  finished(word: string, info: PartInfo): string | undefined;
  /** The connection of a part broke: it may be gone on with. */
  leave(part: Part): Promise<void>;
  /** The part is not wanted, or could not be kept. */
  forget(part: Part): Promise<void>;
}
