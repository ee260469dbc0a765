/**
 * A file from one person to another: who speaks the second protocol is asked first, before a byte of it is sent, and
 * gets it when it is here, whole.
 */
import type { Part, PartInfo } from "../../files/part-store.ts";
import type { Classroom } from "../classroom.ts";
import { deliverFile } from "../files/deliver-file.ts";
import { OutgoingFile, type AboutFile, type FileOutcome } from "../files/outgoing-file.ts";
import type { Peer } from "./peer.ts";
import type { Offered } from "./outbox.ts";

export class Relay {
  #classroom: Classroom;
  #info: PartInfo;
  #about: AboutFile;
  #asked: { peer: Peer; transfer: number } | undefined;
  #accepted: { peer: Peer; offered: Offered } | undefined;

  /** @param about as the receiver is told of it */
  constructor(classroom: Classroom, info: PartInfo, about: AboutFile) {
    this.#classroom = classroom;
    this.#info = info;
    this.#about = about;
  }

  /**
   * Asks the recipient.
   * @param withdrawn told, with words that fit behind a colon, when the recipient does not want it any more
   * @returns words that fit behind a colon where it is not wanted
   */
  async ask(withdrawn: (words: string) => void): Promise<string | undefined> {
    const { to, size } = this.#info;
    const peer = this.#classroom.peers.find(to);
    // The first protocol cannot ask.
    if (peer === undefined) return undefined;
    const answer = await peer.outbox.ask(this.#about, size, (transfer) => {
      this.#asked = { peer, transfer };
    });
    if ("kind" in answer) return answer.kind === "delivered" ? undefined : answer.words;
    this.#accepted = { peer, offered: answer };
    void this.#watch(answer, withdrawn);
    return undefined;
  }

  async #watch({ ended }: Offered, withdrawn: (words: string) => void): Promise<void> {
    const ending = await ended;
    if (ending.kind === "cancel") withdrawn(ending.text.replace(/\.$/, "") || "it was refused");
  }

  /** The file will not come. */
  withdraw(): void {
    if (this.#asked === undefined) return;
    const { peer, transfer } = this.#asked;
    this.#asked = undefined;
    this.#accepted = undefined;
    peer.outbox.withdraw(transfer, `'${this.#info.name}' from ${this.#info.owner} does not come.`);
  }

  /** Passes the whole file on. @returns words that fit behind a colon where the recipient did not get it */
  async pass(part: Part): Promise<string | undefined> {
    const { files } = this.#classroom.ports;
    const file = new OutgoingFile(this.#about, () => files.open(part.file), false);
    try {
      return await deliverFile(this.#classroom, this.#info.to, file, this.#first(file));
    } finally {
      await file.close();
    }
  }

  /** Sends over the connection on which it was accepted, where that is still there. */
  #first(file: OutgoingFile) {
    const accepted = this.#accepted;
    if (accepted === undefined || this.#classroom.peers.find(this.#info.to) !== accepted.peer)
      return undefined;
    return (progress: (bytes: number, size: number) => void): Promise<FileOutcome> =>
      accepted.peer.outbox.deliver(accepted.offered, file, progress);
  }
}
