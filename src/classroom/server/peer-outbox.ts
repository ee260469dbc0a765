/** The files that go to one person of the second protocol, in chunks. */
import type { OpenFile } from "../files/file-store.ts";
import { OwnBlocks } from "../files/own-blocks.ts";
import { ChunkSender } from "../net/chunk-sender.ts";
import { encodeControl, type Control } from "../protocol/v2/control.ts";
import { FileLine } from "./file-line.ts";
import { answerMs } from "./limits.ts";
import type { Peer } from "./peer.ts";

type Answer = { kind: "accept"; offset: number; upTo: number } | Ending;
type Ending = { kind: "received" } | { kind: "cancel"; text: string } | { kind: "gone" };

/** The file that is on its way. */
interface Outgoing {
  transfer: number;
  sender: ChunkSender | undefined;
  answer: PromiseWithResolvers<Answer>;
  ending: PromiseWithResolvers<Ending>;
}

export class PeerOutbox {
  #peer: Peer;
  #line: FileLine;
  #transfer = 0;
  #current: Outgoing | undefined;

  constructor(peer: Peer) {
    this.#peer = peer;
    this.#line = new FileLine(peer);
  }

  /**
   * Sends a file behind those that wait.
   * @param from undefined for the operator
   * @returns words that fit behind a colon where the person did not get it
   */
  send(name: string, from: string | undefined, open: () => Promise<OpenFile>): Promise<string | undefined> {
    const { name: person, capabilities } = this.#peer;
    if (!capabilities.includes("files")) return Promise.resolve(`${person}'s program takes no files`);
    return this.#line.send(open, (file) => this.#sendNow(name, from, file));
  }

  whenIdle(): Promise<unknown> {
    return this.#line.whenIdle();
  }

  accept({ transfer, offset, upTo }: Control<"accept">): void {
    const current = this.#find(transfer);
    current?.answer.resolve({ kind: "accept", offset, upTo });
  }

  credit(transfer: number, upTo: number): void {
    this.#find(transfer)?.sender?.credit(upTo);
  }

  received(transfer: number): void {
    this.#end(transfer, { kind: "received" });
  }

  /** The receiver does not want it, or not any more. */
  cancelled(transfer: number, text: string): void {
    this.#end(transfer, { kind: "cancel", text });
  }

  /** The connection is gone. */
  close(): void {
    if (this.#current !== undefined) this.#end(this.#current.transfer, { kind: "gone" });
  }

  #find(transfer: number): Outgoing | undefined {
    return this.#current?.transfer === transfer ? this.#current : undefined;
  }

  #end(transfer: number, ending: Ending): void {
    const current = this.#find(transfer);
    current?.answer.resolve(ending);
    current?.ending.resolve(ending);
    if (ending.kind !== "received") current?.sender?.stop();
  }

  async #sendNow(name: string, from: string | undefined, file: OpenFile): Promise<string | undefined> {
    this.#transfer += 2;
    const current: Outgoing = {
      transfer: this.#transfer,
      sender: undefined,
      answer: Promise.withResolvers(),
      ending: Promise.withResolvers(),
    };
    this.#current = current;
    try {
      return await this.#transferFile(current, name, from, file);
    } finally {
      this.#current = undefined;
    }
  }

  async #transferFile(
    current: Outgoing,
    name: string,
    from: string | undefined,
    file: OpenFile,
  ): Promise<string | undefined> {
    const { transfer } = current;
    const { size } = file;
    const peer = this.#peer;
    peer.send(encodeControl("offer", { transfer, name, size, ...(from === undefined ? {} : { from }) }));
    const answer = await orLate(current.answer.promise);
    if (answer === undefined) return this.#giveUp(transfer, "it was not accepted in time");
    if (answer.kind !== "accept") return this.#wordsFor(answer);
    if (answer.offset > size) return this.#giveUp(transfer, "it was accepted from beyond its end");
    const sender = new ChunkSender(peer.connection, transfer, new OwnBlocks(file));
    current.sender = sender;
    sender.credit(answer.upTo);
    const outcome = await sender.run(answer.offset);
    if (outcome.kind === "failed") return this.#giveUp(transfer, "it could not be read to its end");
    if (outcome.kind === "stalled") return this.#giveUp(transfer, `${peer.name} takes nothing any more`);
    if (outcome.kind === "gone") return this.#wordsFor({ kind: "gone" });
    if (outcome.kind === "sent") peer.send(encodeControl("end", { transfer, size, sha256: outcome.sha256 }));
    const ending = await orLate(current.ending.promise);
    return ending === undefined
      ? this.#giveUp(transfer, "its arrival was not told in time")
      : this.#wordsFor(ending);
  }

  #giveUp(transfer: number, words: string): string {
    this.#peer.send(encodeControl("cancel", { transfer, code: "given-up", text: `Not sent: ${words}.` }));
    return words;
  }

  #wordsFor(ending: Answer): string | undefined {
    if (ending.kind === "received") return undefined;
    if (ending.kind === "cancel") return ending.text.replace(/\.$/, "") || "it was refused";
    return `${this.#peer.name} has left`;
  }
}

/** @returns undefined where it takes too long */
async function orLate<T>(promise: Promise<T>): Promise<T | undefined> {
  let timer: Timer | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), answerMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
