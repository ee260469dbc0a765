/** The files that go to one person, in whichever protocol: one after another, so many waiting and no more. */
import { ExpectedError } from "../../../lib/errors.ts";
import type { Connection } from "../../net/connection.ts";
import type { Totals } from "../classroom.ts";
import { maxWaitingFiles } from "../limits.ts";
import type { FileOutcome } from "../files/outgoing-file.ts";

/** Whom the files go to. */
export interface FileReceiver {
  readonly name: string;
  readonly connection: Pick<Connection, "isOpen">;
  readonly classroom: { readonly totals: Totals };
}

export class FileLine {
  #receiver: FileReceiver;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(receiver: FileReceiver) {
    this.#receiver = receiver;
  }

  /** Sends a file behind those that wait. @param transfer sends it */
  send(transfer: () => Promise<FileOutcome>): Promise<FileOutcome> {
    const { name } = this.#receiver;
    if (this.#waiting >= maxWaitingFiles)
      return Promise.resolve({ kind: "failed", words: `${maxWaitingFiles} files wait for ${name} already` });
    this.#waiting++;
    const sent = this.#last.then(() => this.#sendNow(transfer));
    this.#last = sent.catch(() => {});
    return sent.finally(() => this.#waiting--);
  }

  /** Resolves when no file is on its way. */
  whenIdle(): Promise<unknown> {
    return this.#last;
  }

  async #sendNow(transfer: () => Promise<FileOutcome>): Promise<FileOutcome> {
    const { connection, name } = this.#receiver;
    if (!connection.isOpen) return { kind: "failed", words: `${name} has left` };
    try {
      const outcome = await transfer();
      if (outcome.kind === "delivered") this.#receiver.classroom.totals.filesSent++;
      return outcome;
    } catch (error) {
      if (error instanceof ExpectedError) return { kind: "failed", words: error.message.replace(/\.$/, "") };
      throw error;
    }
  }
}
