/**
 * The files that go to one person of the second protocol, in chunks. What another person sends is offered at once,
 * however long the answer takes, and waits for its turn when it is accepted; the operator's is offered in its turn.
 */
import { encodeControl, type Control } from "../../protocol/v2/control.ts";
import { ChunkSender } from "../../net/chunk-sender.ts";
import { FileLine } from "../session/file-line.ts";
import { answerMs, consentMs, maxWaitingFiles } from "../limits.ts";
import type { AboutFile, FileOutcome, OutgoingFile } from "../files/outgoing-file.ts";
import type { Peer } from "./peer.ts";

const stoppedSentence = "It was stopped.";

type Answer = { kind: "accept"; offset: number; upTo: number } | Ending;
type Ending = { kind: "received" } | { kind: "cancel"; text: string } | { kind: "gone" };

/** A file that was offered. */
export interface Offered {
  readonly transfer: number;
  readonly size: number;
  /** Told when the receiver has it, does not want it any more, or is gone. */
  readonly ended: Promise<Ending>;
  /** Where the receiver wants it from. */
  offset: number;
}

interface Outgoing extends Offered {
  upTo: number;
  sender: ChunkSender | undefined;
  /** All of it, and its end, are with the connection. */
  isSent: boolean;
  answer: PromiseWithResolvers<Answer>;
  ending: PromiseWithResolvers<Ending>;
}

export class PeerOutbox {
  #peer: Peer;
  #line: FileLine;
  #transfer = 0;
  #outgoing = new Map<number, Outgoing>();

  constructor(peer: Peer) {
    this.#peer = peer;
    this.#line = new FileLine(peer);
  }

  /** Offers a file and sends it behind those that wait. @param progress told the bytes that have gone out, and its size */
  async send(file: OutgoingFile, progress: (bytes: number, size: number) => void): Promise<FileOutcome> {
    if (file.about.from === undefined)
      return this.#line.send(async () => {
        const offered = await this.#offer(file.about, (await file.blocks()).size, answerMs);
        return "kind" in offered ? offered : this.#transferFile(offered, file, progress);
      });
    const offered = await this.ask(file.about, (await file.blocks()).size, (transfer) => {
      void file.stopped.then(() => this.withdraw(transfer, stoppedSentence));
    });
    return "kind" in offered ? offered : this.deliver(offered, file, progress);
  }

  /**
   * Asks whether the person takes a file that is not here yet.
   * @param asked told the number by which it can be withdrawn
   * @returns the offer, accepted, or how it failed
   */
  ask(
    about: AboutFile,
    size: number,
    asked: (transfer: number) => void = () => {},
  ): Promise<Offered | FileOutcome> {
    return this.#offer(about, size, consentMs, asked);
  }

  /** Sends a file that was asked for. */
  deliver(
    offered: Offered,
    file: OutgoingFile,
    progress: (bytes: number, size: number) => void,
  ): Promise<FileOutcome> {
    return this.#line.send(() => this.#transferFile(offered as Outgoing, file, progress));
  }

  /** What was offered will not come. */
  withdraw(transfer: number, text: string): void {
    const outgoing = this.#outgoing.get(transfer);
    if (outgoing === undefined) return;
    this.#outgoing.delete(transfer);
    outgoing.answer.resolve({ kind: "cancel", text });
    outgoing.ending.resolve({ kind: "cancel", text });
    outgoing.sender?.stop();
    this.#peer.send(encodeControl("cancel", { transfer, code: "given-up", text }));
  }

  whenIdle(): Promise<unknown> {
    return this.#line.whenIdle();
  }

  accept({ transfer, offset, upTo }: Control<"accept">): void {
    this.#outgoing.get(transfer)?.answer.resolve({ kind: "accept", offset, upTo });
  }

  credit(transfer: number, upTo: number): void {
    const outgoing = this.#outgoing.get(transfer);
    if (outgoing === undefined) return;
    outgoing.upTo = Math.max(outgoing.upTo, upTo);
    outgoing.sender?.credit(upTo);
  }

  received(transfer: number): void {
    const isSent = this.#outgoing.get(transfer)?.isSent === true;
    this.#end(transfer, isSent ? { kind: "received" } : { kind: "cancel", text: "it was not sent yet" });
  }

  /** The receiver does not want it, or not any more. */
  cancelled(transfer: number, text: string): void {
    this.#end(transfer, { kind: "cancel", text });
  }

  /** The connection is gone. */
  close(): void {
    for (const transfer of this.#outgoing.keys()) this.#end(transfer, { kind: "gone" });
  }

  #end(transfer: number, ending: Ending): void {
    const outgoing = this.#outgoing.get(transfer);
    outgoing?.answer.resolve(ending);
    outgoing?.ending.resolve(ending);
    if (ending.kind === "received") return;
    if (outgoing?.sender === undefined) this.#outgoing.delete(transfer);
    else outgoing.sender.stop();
  }

  #isTeachers({ from }: AboutFile): boolean {
    const { accounts } = this.#peer.classroom.ports;
    return from === undefined || accounts.find(from)?.role === "teacher";
  }

  async #offer(
    about: AboutFile,
    size: number,
    waitMs: number,
    asked: (transfer: number) => void = () => {},
  ): Promise<Outgoing | FileOutcome> {
    const peer = this.#peer;
    if (!peer.capabilities.includes("files"))
      return { kind: "failed", words: `${peer.name}'s program takes no files` };
    // What students offer, and nobody answers, keeps out no file of those who teach.
    const most = this.#isTeachers(about) ? 2 * maxWaitingFiles : maxWaitingFiles;
    if (this.#outgoing.size >= most)
      return { kind: "failed", words: `${most} files wait for ${peer.name} already` };
    const transfer = (this.#transfer += 2);
    const ending = Promise.withResolvers<Ending>();
    const outgoing: Outgoing = {
      transfer,
      size,
      offset: 0,
      upTo: 0,
      sender: undefined,
      isSent: false,
      answer: Promise.withResolvers(),
      ending,
      ended: ending.promise,
    };
    this.#outgoing.set(transfer, outgoing);
    asked(transfer);
    peer.send(encodeControl("offer", { transfer, size, ...withoutMissing(about) }));
    const answer = await orLate(outgoing.answer.promise, waitMs);
    if (answer === undefined) return this.#giveUp(transfer, "it was not accepted in time");
    if (answer.kind !== "accept") {
      this.#outgoing.delete(transfer);
      return { kind: "failed", words: this.#wordsFor(answer) };
    }
    if (answer.offset > size) return this.#giveUp(transfer, "it was accepted from beyond its end");
    outgoing.offset = answer.offset;
    outgoing.upTo = Math.max(outgoing.upTo, answer.upTo);
    return outgoing;
  }

  async #transferFile(
    outgoing: Outgoing,
    file: OutgoingFile,
    progress: (bytes: number, size: number) => void,
  ): Promise<FileOutcome> {
    const { transfer, offset, ended } = outgoing;
    const peer = this.#peer;
    try {
      const source = await file.blocks();
      const { size } = source;
      if (size !== outgoing.size) return this.#giveUp(transfer, "it has changed meanwhile");
      const sender = new ChunkSender(peer.connection, transfer, source);
      outgoing.sender = sender;
      // It may have been cancelled while it waited.
      if (!this.#outgoing.has(transfer)) return { kind: "failed", words: "it was given up" };
      sender.credit(outgoing.upTo);
      progress(offset, size);
      const outcome = await Promise.race([
        sender.run(offset, (bytes) => progress(bytes, size)),
        // An answer that comes before all is sent ends it.
        ended.then((ending) => ({ kind: ending.kind === "gone" ? ("gone" as const) : ("stopped" as const) })),
      ]);
      if (outcome.kind === "failed") return this.#giveUp(transfer, "it could not be read to its end");
      if (outcome.kind === "stalled") return this.#giveUp(transfer, `${peer.name} takes nothing any more`);
      if (outcome.kind === "gone") return { kind: "gone", words: this.#wordsFor({ kind: "gone" }) };
      if (outcome.kind === "sent") {
        outgoing.isSent = true;
        peer.send(encodeControl("end", { transfer, size, sha256: outcome.sha256 }));
      }
      const ending = await orLate(ended, answerMs);
      if (ending === undefined) return this.#giveUp(transfer, "its arrival was not told in time");
      if (ending.kind === "received") return { kind: "delivered" };
      return { kind: ending.kind === "gone" ? "gone" : "failed", words: this.#wordsFor(ending) };
    } finally {
      this.#outgoing.delete(transfer);
    }
  }

  #giveUp(transfer: number, words: string): FileOutcome {
    this.#outgoing.delete(transfer);
    this.#peer.send(encodeControl("cancel", { transfer, code: "given-up", text: `Not sent: ${words}.` }));
    return { kind: "failed", words };
  }

  #wordsFor(ending: Answer): string {
    if (ending.kind === "cancel") return ending.text.replace(/\.$/, "") || "it was refused";
    return `${this.#peer.name} has left`;
  }
}

/** As JSON leaves out what is undefined. */
function withoutMissing({ name, ...about }: AboutFile): { name: string } & Partial<Control<"offer">> {
  const given = Object.entries(about).filter(([, value]) => value !== undefined);
  return { name, ...(Object.fromEntries(given) as Partial<Control<"offer">>) };
}

/** @returns undefined where it takes too long */
async function orLate<T>(promise: Promise<T>, waitMs: number): Promise<T | undefined> {
  let timer: Timer | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), waitMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
