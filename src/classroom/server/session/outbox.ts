/** The files that go to one person of the first protocol, as raw bytes. */
import { sendRawFile } from "../../net/raw-sender.ts";
import { FileLine } from "./file-line.ts";
import { stoppedWords, type FileOutcome, type OutgoingFile } from "../files/outgoing-file.ts";
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
   * @param progress told its size and the bytes read of it so far
   */
  sendFile(
    announcement: Uint8Array,
    file: OutgoingFile,
    progress: (bytes: number, size: number) => void,
  ): Promise<FileOutcome> {
    return this.#line.send(() => this.#transfer(announcement, file, progress));
  }

  /** Resolves when no file is on its way. */
  whenIdle(): Promise<unknown> {
    return this.#line.whenIdle();
  }

  async #transfer(
    announcement: Uint8Array,
    outgoing: OutgoingFile,
    progress: (bytes: number, size: number) => void,
  ): Promise<FileOutcome> {
    // What runs goes on to its end: the first protocol cannot be told that the rest does not come.
    if (outgoing.isStopped) return { kind: "failed", words: stoppedWords };
    const { connection, name } = this.#session;
    const file = await outgoing.openRaw();
    const { size } = file;
    let taken = 0;
    const read = async (bytes: number): Promise<Uint8Array> => {
      const piece = await file.read(bytes);
      progress((taken += piece.length), size);
      return piece;
    };
    try {
      const outcome = await sendRawFile(connection, announcement, { size, read });
      if (outcome === "sent") return { kind: "delivered" };
      if (outcome === "stalled") connection.destroy();
      const words = outcome === "failed" ? "it could not be read to its end" : `${name} has left`;
      return { kind: "failed", words };
    } finally {
      await file.close();
    }
  }
}
