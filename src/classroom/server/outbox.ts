/** The files that go to one person: one after another, so many waiting and no more. */
import type { OpenFile } from "../files/file-store.ts";
import { sendRawFile } from "../net/raw-sender.ts";
import { ExpectedError } from "../../lib/errors.ts";
import { maxWaitingFiles } from "./limits.ts";
import type { Session } from "./session.ts";

export class Outbox {
  #session: Session;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * Sends a file behind those that wait.
   * @param announcement the frame in front of the raw bytes
   * @returns words that fit behind a colon where the person did not get it
   */
  sendFile(announcement: Uint8Array, open: () => Promise<OpenFile>): Promise<string | undefined> {
    const { name } = this.#session;
    if (this.#waiting >= maxWaitingFiles)
      return Promise.resolve(`${maxWaitingFiles} files wait for ${name} already`);
    this.#waiting++;
    const sent = this.#last.then(() => this.#sendNow(announcement, open));
    this.#last = sent.catch(() => {});
    return sent.finally(() => this.#waiting--);
  }

  /** Resolves when no file is on its way. */
  whenIdle(): Promise<unknown> {
    return this.#last;
  }

  async #sendNow(announcement: Uint8Array, open: () => Promise<OpenFile>): Promise<string | undefined> {
    const { connection, name } = this.#session;
    if (!connection.isOpen) return `${name} has left`;
    let file: OpenFile;
    try {
      file = await open();
    } catch (error) {
      if (error instanceof ExpectedError) return error.message.replace(/\.$/, "");
      throw error;
    }
    try {
      const outcome = await sendRawFile(connection, announcement, file);
      if (outcome === "sent") return undefined;
      if (outcome === "stalled") connection.destroy();
      return outcome === "failed" ? "it could not be read to its end" : `${name} has left`;
    } finally {
      await file.close();
    }
  }
}
