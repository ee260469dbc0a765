/** The files that go to one person of the first protocol, as raw bytes. */
import type { OpenFile } from "../files/file-store.ts";
import { sendRawFile } from "../net/raw-sender.ts";
import { FileLine } from "./file-line.ts";
import type { Session } from "./session.ts";

export class Outbox {
  #session: Session;
  #line: FileLine;

  constructor(session: Session) {
    this.#session = session;
    this.#line = new FileLine(session);
  }

  /**
   * Sends a file behind those that wait.
   * @param announcement the frame in front of the raw bytes
   * @returns words that fit behind a colon where the person did not get it
   */
  sendFile(announcement: Uint8Array, open: () => Promise<OpenFile>): Promise<string | undefined> {
    return this.#line.send(open, (file) => this.#transfer(announcement, file));
  }

  /** Resolves when no file is on its way. */
  whenIdle(): Promise<unknown> {
    return this.#line.whenIdle();
  }

  async #transfer(announcement: Uint8Array, file: OpenFile): Promise<string | undefined> {
    const { connection, name } = this.#session;
    const outcome = await sendRawFile(connection, announcement, file);
    if (outcome === "sent") return undefined;
    if (outcome === "stalled") connection.destroy();
    return outcome === "failed" ? "it could not be read to its end" : `${name} has left`;
  }
}
