/** The files that go to one person, in whichever protocol: one after another, so many waiting and no more. */
import { ExpectedError } from "../../lib/errors.ts";
import type { OpenFile } from "../files/file-store.ts";
import type { Connection } from "../net/connection.ts";
import { maxWaitingFiles } from "./limits.ts";

/** Whom the files go to. */
export interface FileReceiver {
  readonly name: string;
  readonly connection: Pick<Connection, "isOpen">;
}

export class FileLine {
  #receiver: FileReceiver;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(receiver: FileReceiver) {
    this.#receiver = receiver;
  }

  /**
   * Sends a file behind those that wait, and closes it.
   * @param transfer sends it, and answers as this does
   * @returns words that fit behind a colon where the person did not get it
   */
  send(
    open: () => Promise<OpenFile>,
    transfer: (file: OpenFile) => Promise<string | undefined>,
  ): Promise<string | undefined> {
    const { name } = this.#receiver;
    if (this.#waiting >= maxWaitingFiles)
      return Promise.resolve(`${maxWaitingFiles} files wait for ${name} already`);
    this.#waiting++;
    const sent = this.#last.then(() => this.#sendNow(open, transfer));
    this.#last = sent.catch(() => {});
    return sent.finally(() => this.#waiting--);
  }

  /** Resolves when no file is on its way. */
  whenIdle(): Promise<unknown> {
    return this.#last;
  }

  async #sendNow(
    open: () => Promise<OpenFile>,
    transfer: (file: OpenFile) => Promise<string | undefined>,
  ): Promise<string | undefined> {
    const { connection, name } = this.#receiver;
    if (!connection.isOpen) return `${name} has left`;
    let file: OpenFile;
    try {
      file = await open();
    } catch (error) {
      if (error instanceof ExpectedError) return error.message.replace(/\.$/, "");
      throw error;
    }
    try {
      return await transfer(file);
    } finally {
      await file.close();
    }
  }
}
