/** Files that a person of the second protocol sends: to the server's disk, or through it to another person. */
import { asSentence, ExpectedError } from "../../../lib/errors.ts";
import { ChunkReceiver } from "../../files/chunk-receiver.ts";
import { NoRoomError, type Part, type PartInfo } from "../../files/part-store.ts";
import * as messages from "../../protocol/messages.ts";
import { decodeChunk, encodeCredit } from "../../protocol/v2/chunk.ts";
import { encodeControl, type Control } from "../../protocol/v2/control.ts";
import { checkOffer } from "./check-offer.ts";
import { maxTransfersOfPerson, smallChunkBytes } from "../limits.ts";
import { keepUpload, keptName, sendToRoom, type WholeFile } from "./keep-upload.ts";
import type { Peer } from "./peer.ts";
import { overQuota } from "../files/quota.ts";
import { Relay } from "./relay.ts";
import type { TransferRow } from "../../files/transfer-board.ts";

/** One file that is arriving; without a part while that is being opened. */
interface Arriving extends WholeFile {
  receiver: ChunkReceiver | undefined;
  part: Part | undefined;
  /** The hash of a file that was kept before its sender heard of it. */
  kept: string | undefined;
  row: TransferRow;
  /** Where it is a file of a folder. */
  batch: Control<"offer">["batch"];
}

export class PeerUploads {
  #peer: Peer;
  #arriving = new Map<number, Arriving>();
  #lastTransfer = 0;
  #isGone = false;
  /** Files that were kept of the folders that are arriving, by their words. */
  #keptOfBatch = new Map<string, number>();

  constructor(peer: Peer) {
    this.#peer = peer;
  }

  offer(offer: Control<"offer">): void {
    const { transfer, batch, answers, resume } = offer;
    const { classroom } = this.#peer;
    if (transfer % 2 === 0 || transfer <= this.#lastTransfer)
      return this.#cancel(transfer, "malformed", "A client's transfers have odd numbers that go upward.");
    this.#lastTransfer = transfer;
    const checked = checkOffer(this.#peer, offer);
    if (!checked.ok) return this.#cancel(transfer, checked.code, checked.text);
    if (this.#arriving.size >= maxTransfersOfPerson)
      return this.#cancel(transfer, "limit", `${maxTransfersOfPerson} files are on their way already.`);
    const { info, about } = checked;
    const arriving: Arriving = {
      transfer,
      info,
      receiver: undefined,
      part: undefined,
      kept: undefined,
      batch,
      answers,
      relay: info.to === "" ? undefined : new Relay(classroom, info, about),
      row: classroom.transfers.begin({ file: info.name, from: info.owner, to: undefined }),
    };
    this.#arriving.set(transfer, arriving);
    classroom.background(this.#begin(arriving, resume));
  }

  chunk(bytes: Uint8Array, start: number, end: number): void {
    // Files have credit instead of a pace; but what is no data for one, or hardly any, costs as much as a message.
    if (!this.#take(bytes, start, end) || end - start < smallChunkBytes) this.#peer.count("chunks");
  }

  /** @returns whether it was data for a file */
  #take(bytes: Uint8Array, start: number, end: number): boolean {
    const chunk = decodeChunk(bytes, start, end);
    if (chunk === undefined) {
      this.#peer.refuse("malformed", "This chunk has not the shape it must have.");
      return false;
    }
    const arriving = this.#arriving.get(chunk.transfer);
    // What was cancelled may still be on its way.
    if (arriving === undefined) {
      if (chunk.transfer > this.#lastTransfer)
        this.#cancel(chunk.transfer, "unknown", "Nothing was offered so.");
      return false;
    }
    const { receiver } = arriving;
    const problem =
      receiver === undefined
        ? { code: "credit", text: "Nothing may be sent before the offer is accepted." }
        : receiver.take(chunk.offset, bytes, chunk.start, chunk.end);
    if (receiver === undefined || problem !== undefined) {
      this.#fail(arriving, problem!.code, problem!.text);
      return false;
    }
    arriving.row.progress(receiver.offset, receiver.size);
    this.#giveCredit(arriving);
    return true;
  }

  end({ transfer, size, sha256 }: Control<"end">): void {
    const arriving = this.#arriving.get(transfer);
    if (arriving === undefined) return;
    const { receiver, part, kept, info } = arriving;
    if (kept !== undefined) {
      if (kept !== sha256) return this.#fail(arriving, "hash", "Another file was kept under this word.");
      this.#peer.send(encodeControl("received", { transfer, name: keptName(arriving), sha256 }));
      if (arriving.batch !== undefined && info.to === "") this.#tellKept(info, arriving.batch);
      return this.#forget(arriving);
    }
    if (receiver === undefined || part === undefined)
      return this.#fail(arriving, "size", "Nothing was accepted yet.");
    const problem = receiver.end(size);
    if (problem !== undefined) return this.#fail(arriving, problem.code, problem.text);
    this.#arriving.delete(transfer);
    arriving.row.end();
    this.#peer.classroom.background(this.#keep(arriving, part, sha256));
  }

  /** The sender does not want to send it any more. */
  cancelled(transfer: number): boolean {
    const arriving = this.#arriving.get(transfer);
    if (arriving === undefined) return false;
    this.#forget(arriving);
    return true;
  }

  /** None of them may be sent any more, but for what is collected. */
  stop(code: string, text: string): void {
    for (const arriving of this.#arriving.values())
      if (arriving.info.collect === undefined) this.#fail(arriving, code, text);
  }

  /** The connection broke: what has arrived may be gone on with. */
  abandon(): void {
    this.#isGone = true;
    const { classroom } = this.#peer;
    for (const { part, relay, row } of this.#arriving.values()) {
      row.end();
      relay?.withdraw();
      if (part !== undefined) classroom.background(classroom.ports.parts.leave(part));
    }
    this.#arriving.clear();
  }

  async #begin(arriving: Arriving, resume: string | undefined): Promise<void> {
    const { relay, info } = arriving;
    if (relay !== undefined) {
      const failure = await relay.ask((words) => this.#decline(arriving, words));
      if (this.#arriving.get(arriving.transfer) !== arriving) return relay.withdraw();
      if (failure !== undefined)
        return this.#fail(arriving, "refused", `File '${info.name}' was not sent to ${info.to}: ${failure}.`);
    } else {
      const failure = await this.#overQuota(arriving);
      if (this.#arriving.get(arriving.transfer) !== arriving) return;
      if (failure !== undefined)
        return this.#fail(arriving, "quota", `File '${info.name}' was not taken: ${failure}.`);
    }
    await this.#open(arriving, resume);
  }

  /** What was accepted before and is still on its way counts, too. */
  async #overQuota({ transfer }: Arriving): Promise<string | undefined> {
    const { classroom, name, role } = this.#peer;
    if (role !== "student") return undefined;
    const underWay = [...this.#arriving.values()].filter(
      (each) => each.info.to === "" && each.transfer <= transfer,
    );
    const bytes = underWay.reduce((sum, { info }) => sum + info.size, 0);
    return overQuota(classroom, name, { files: underWay.length, bytes });
  }

  /** The recipient had accepted it, and does not want it any more. */
  #decline(arriving: Arriving, words: string): void {
    if (this.#arriving.get(arriving.transfer) !== arriving) return;
    const { name, to } = arriving.info;
    this.#fail(arriving, "refused", `File '${name}' was not sent to ${to}: ${words}.`);
  }

  async #open(arriving: Arriving, word: string | undefined): Promise<void> {
    const { parts } = this.#peer.classroom.ports;
    const { transfer, info } = arriving;
    let part: Part | undefined;
    try {
      if (word !== undefined) part = await parts.resume(word, info);
      if (word !== undefined && part === undefined && this.#wasKept(arriving, word)) return;
      part ??= await parts.begin(info);
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      if (error instanceof NoRoomError) this.#peer.classroom.counters.noRoom++;
      if (this.#arriving.get(transfer) !== arriving) return;
      const code = error instanceof NoRoomError ? "no-room" : "refused";
      return this.#fail(arriving, code, asSentence(error.message));
    }
    // It may have been cancelled meanwhile, or the connection is gone.
    if (this.#arriving.get(transfer) !== arriving)
      return this.#isGone ? parts.leave(part) : parts.forget(part);
    const receiver = new ChunkReceiver(info.size, part.file, part.bytes);
    arriving.part = part;
    arriving.receiver = receiver;
    part.file.onDrain = () => this.#giveCredit(arriving);
    receiver.creditDue();
    this.#peer.send(
      encodeControl("accept", { transfer, offset: receiver.offset, upTo: receiver.upTo, resume: part.word }),
    );
  }

  /** The sender goes on with a file that is here, whole: nothing is sent of it, and its hash is compared. */
  #wasKept(arriving: Arriving, resume: string): boolean {
    const { transfer, info } = arriving;
    const { ports, pushes } = this.#peer.classroom;
    const kept = ports.parts.finished(resume, info) ?? pushes.kept(resume, info);
    if (kept === undefined || this.#arriving.get(transfer) !== arriving) return false;
    arriving.kept = kept;
    this.#peer.send(encodeControl("accept", { transfer, offset: info.size, upTo: info.size, resume }));
    return true;
  }

  #giveCredit({ transfer, receiver }: Arriving): void {
    if (!this.#arriving.has(transfer)) return;
    const upTo = receiver?.creditDue();
    if (upTo !== undefined) this.#peer.send(encodeCredit({ transfer, upTo }));
  }

  async #keep(arriving: Arriving, part: Part, sha256: string): Promise<void> {
    const { transfer, info, batch } = arriving;
    const peer = this.#peer;
    const { classroom } = peer;
    const { parts } = classroom.ports;
    let isKept = false;
    try {
      const problem = await keepUpload(peer, arriving, part, sha256);
      if (problem !== undefined) return this.#cancel(transfer, problem.code, problem.text);
      isKept = true;
      peer.send(encodeControl("received", { transfer, name: keptName(arriving), sha256 }));
      if (info.room !== undefined) return await sendToRoom(peer, arriving, part, sha256);
      if (info.to === "") classroom.totals.filesKept++;
      if (info.collect !== undefined || info.bank !== undefined) return;
      if (info.to === "") this.#tellKept(info, batch);
      else if (batch === undefined) peer.inform(messages.sentSentence(info.name, info.to));
    } finally {
      await (isKept ? parts.finish(part) : parts.forget(part));
    }
  }

  /** All hear of a file, and of a folder when it is whole. */
  #tellKept({ name, owner, folders }: PartInfo, batch: Arriving["batch"]): void {
    const { classroom } = this.#peer;
    if (batch === undefined) return classroom.tellOf(this.#peer, messages.uploadedSentence(name, owner));
    const kept = (this.#keptOfBatch.get(batch.word) ?? 0) + 1;
    this.#keptOfBatch.set(batch.word, kept);
    const [oldest] = this.#keptOfBatch.keys();
    if (this.#keptOfBatch.size > maxTransfersOfPerson) this.#keptOfBatch.delete(oldest!);
    if (kept < batch.files) return;
    this.#keptOfBatch.delete(batch.word);
    classroom.tellOf(this.#peer, messages.folderUploadedSentence(folders?.[0] ?? "", kept, owner));
  }

  #fail(arriving: Arriving, code: string, text: string): void {
    this.#cancel(arriving.transfer, code, text);
    this.#forget(arriving);
  }

  #forget({ transfer, part, relay, row }: Arriving): void {
    this.#arriving.delete(transfer);
    row.end();
    relay?.withdraw();
    const { classroom } = this.#peer;
    if (part !== undefined) classroom.background(classroom.ports.parts.forget(part));
  }

  #cancel(transfer: number, code: string, text: string): void {
    this.#peer.classroom.counters.refusedFiles++;
    this.#peer.send(encodeControl("cancel", { transfer, code, text }));
  }
}
