/** Where files of people are kept: the port that `store/disk` implements. */
import type { RawSource } from "../protocol/raw-file.ts";
import type { BlockFile } from "./block-file.ts";

/** A file that is arriving, under a temporary name. Nobody sees it before `FileStore.keep`. */
export interface IncomingFile {
  /** Takes a copy of `bytes[start .. end)`; never throws, and after a failure takes nothing. */
  write(bytes: Uint8Array, start: number, end: number): void;
  /** Bytes taken and not yet with the system. */
  readonly pendingBytes: number;
  /** Told when `pendingBytes` is low again. */
  onDrain: (() => void) | undefined;
  /** Waits for every byte. @returns words that fit behind a colon where the file could not be written */
  finish(): Promise<string | undefined>;
  /** Forgets the file. */
  discard(): Promise<void>;
}

/** How much there is of somebody. */
export interface Usage {
  readonly files: number;
  readonly bytes: number;
}

export interface FileStore {
  /** Begins a file. Trouble, such as a full disk, is told by `finish`. */
  receive(): IncomingFile;
  /**
   * Puts a finished file into the person's folder under that name, at once or not at all; an earlier file of the
   * name stays beside it under a number.
   * @param folders within the person's folder, safe each
   * @returns words that fit behind a colon where that failed
   */
  keep(
    incoming: IncomingFile,
    person: string,
    file: string,
    folders?: readonly string[],
  ): Promise<string | undefined>;
  /** What is kept of this person. */
  usage(person: string): Promise<Usage>;
  /** Opens a finished file for reading. */
  open(incoming: IncomingFile): Promise<OpenFile>;
}

/** A file that is open for reading: from front to back, or at any place. */
export interface OpenFile extends RawSource, BlockFile {
  /** When its content was changed last, in milliseconds since 1970. */
  readonly modifiedMs: number;
  close(): Promise<void>;
}
