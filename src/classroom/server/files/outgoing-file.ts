/** A file on its way from the server's disk to one person or to many, over one connection or over several. */
import type { OpenFile } from "../../files/file-store.ts";
import { OwnBlocks } from "../../files/own-blocks.ts";
import { SharedBlocks } from "../../files/shared-blocks.ts";
import type { Control } from "../../protocol/v2/control.ts";
import type { BlockSource } from "../../protocol/v2/chunk-block.ts";

/** How it went to one person: `gone`, the connection was lost in the middle, and it may be gone on with. */
export type FileOutcome = { kind: "delivered" } | { kind: "failed" | "gone"; words: string };

export interface AboutFile {
  name: string;
  /** Undefined for the operator. */
  from: string | undefined;
  /** The number of the room that it goes to, where it is a teacher's to all in it. */
  number?: number | undefined;
  /** Stands for its content: a receiver may go on with what it has of the same. */
  same?: string | undefined;
  /** Where it is a file of a folder: the folder it is in, and what stands for all of them. */
  folder?: string | undefined;
  batch?: Control<"offer">["batch"];
}

/** Why somebody did not get a file that was stopped: fits behind a colon. */
export const stoppedWords = "it was stopped";

export class OutgoingFile {
  readonly about: AboutFile;
  #open: () => Promise<OpenFile>;
  #isShared: boolean;
  #stopping = Promise.withResolvers<void>();
  #isStopped = false;
  #blocks: Promise<{ file: OpenFile; source: BlockSource }> | undefined;

  /**
   * @param open opens the file; throws an ExpectedError where it cannot be read
   * @param isShared whether it goes to many, who find what was read for another of them
   */
  constructor(about: AboutFile, open: () => Promise<OpenFile>, isShared: boolean) {
    this.about = about;
    this.#open = open;
    this.#isShared = isShared;
  }

  /** Nobody gets it any more who has not got it whole. */
  stop(): void {
    this.#isStopped = true;
    this.#stopping.resolve();
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Resolves when it is stopped. */
  get stopped(): Promise<void> {
    return this.#stopping.promise;
  }

  /** For the first protocol: to be read from front to back, and closed. @throws ExpectedError */
  openRaw(): Promise<OpenFile> {
    return this.#open();
  }

  /** For the second protocol; it is open until `close`. @throws ExpectedError */
  async blocks(): Promise<BlockSource> {
    this.#blocks ??= this.#openBlocks();
    return (await this.#blocks).source;
  }

  async close(): Promise<void> {
    const blocks = this.#blocks;
    this.#blocks = undefined;
    await blocks?.then(
      ({ file, source }) => {
        source.close();
        return file.close();
      },
      () => {},
    );
  }

  async #openBlocks(): Promise<{ file: OpenFile; source: BlockSource }> {
    const file = await this.#open();
    return { file, source: this.#isShared ? new SharedBlocks(file) : new OwnBlocks(file) };
  }
}
