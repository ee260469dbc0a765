/** Files of the second protocol over one connection: those that are sent, and those that come. */
import { ChunkReceiver } from "../files/chunk-receiver.ts";
import { OwnBlocks } from "../files/own-blocks.ts";
import { ChunkSender } from "../net/chunk-sender.ts";
import { decodeChunk, decodeCredit, encodeCredit } from "../protocol/v2/chunk.ts";
import type { Control } from "../protocol/v2/control.ts";
import { Download, type DownloadResult } from "./download.ts";
import { maxDownloadsAtOnce } from "./limits.ts";
import type { PeerLink } from "./peer-link.ts";
import type { UploadSource } from "./upload-source.ts";

/** How sending a file ended; `gone` with the word to go on with it over another connection. */
export type UploadEnd =
  | { kind: "received" }
  | { kind: "refused"; text: string }
  | { kind: "failed" }
  | { kind: "gone"; resume: string | undefined };

export interface FileEvents {
  progress(offer: Control<"offer">, bytes: number): void;
  ended(offer: Control<"offer">, result: DownloadResult): void;
}

interface Outgoing {
  accepted: PromiseWithResolvers<Control<"accept"> | undefined>;
  ended: PromiseWithResolvers<UploadEnd | undefined>;
  sender: ChunkSender | undefined;
}

interface Incoming {
  offer: Control<"offer">;
  download: Download;
  receiver: ChunkReceiver;
}

export class PeerFiles {
  #link: PeerLink;
  #folder: string;
  #events: FileEvents;
  #transfer = -1;
  #outgoing = new Map<number, Outgoing>();
  #incoming = new Map<number, Incoming>();
  /** Files that are being put in place. */
  #settling = new Set<Promise<void>>();

  constructor(link: PeerLink, folder: string, events: FileEvents) {
    this.#link = link;
    this.#folder = folder;
    this.#events = events;
    void link.ended.then(() => this.#end());
  }

  get isReceiving(): boolean {
    return this.#incoming.size > 0 || this.#settling.size > 0;
  }

  /** Resolves when every file that came is settled. */
  async settled(): Promise<void> {
    await this.#link.ended;
    await Promise.all(this.#settling);
  }

  /** @param to undefined for the server. @param resume the word of a part that is there already */
  async upload(
    source: UploadSource,
    tag: number,
    to: string | undefined,
    resume: string | undefined,
    progress: (bytes: number) => void,
  ): Promise<UploadEnd> {
    this.#transfer += 2;
    const transfer = this.#transfer;
    const outgoing: Outgoing = {
      accepted: Promise.withResolvers(),
      ended: Promise.withResolvers(),
      sender: undefined,
    };
    this.#outgoing.set(transfer, outgoing);
    const target = to === undefined ? {} : { to };
    const again = resume === undefined ? {} : { resume };
    const { name, size, same } = source;
    this.#link.send("offer", { tag, transfer, name, size, same, ...target, ...again });
    const accept = await outgoing.accepted.promise;
    if (accept === undefined) return (await outgoing.ended.promise) ?? { kind: "gone", resume };
    const sender = new ChunkSender(this.#link.connection, transfer, new OwnBlocks(source));
    outgoing.sender = sender;
    sender.credit(accept.upTo);
    const outcome = await sender.run(accept.offset, progress);
    if (outcome.kind === "sent")
      this.#link.send("end", { transfer, size: source.size, sha256: outcome.sha256 });
    if (outcome.kind === "failed" || outcome.kind === "stalled") {
      this.#link.send("cancel", { transfer, code: "failed" });
      return { kind: "failed" };
    }
    return (await outgoing.ended.promise) ?? { kind: "gone", resume: accept.resume };
  }

  offered(offer: Control<"offer">): void {
    const { transfer, name, size } = offer;
    if (this.#incoming.size >= maxDownloadsAtOnce)
      return this.#link.send("cancel", { transfer, code: "limit", text: "Too many files come at once." });
    const download = new Download(this.#folder, name, {
      pause: () => {},
      resume: () => this.#giveCredit(transfer),
    });
    const receiver = new ChunkReceiver(size, {
      write: (bytes, start, end) => download.add(bytes.subarray(start, end)),
      get pendingBytes() {
        return download.pendingBytes;
      },
    });
    this.#incoming.set(transfer, { offer, download, receiver });
    receiver.creditDue();
    this.#link.send("accept", { transfer, offset: 0, upTo: receiver.upTo });
  }

  chunk(bytes: Uint8Array, start: number, end: number): void {
    const chunk = decodeChunk(bytes, start, end);
    const incoming = chunk === undefined ? undefined : this.#incoming.get(chunk.transfer);
    if (chunk === undefined || incoming === undefined) return;
    const problem = incoming.receiver.take(chunk.offset, bytes, chunk.start, chunk.end);
    if (problem !== undefined) return this.#refuse(incoming, problem.code, problem.text);
    this.#events.progress(incoming.offer, incoming.receiver.offset);
    this.#giveCredit(chunk.transfer);
  }

  end({ transfer, size, sha256 }: Control<"end">): void {
    const incoming = this.#incoming.get(transfer);
    if (incoming === undefined) return;
    const problem = incoming.receiver.end(size, sha256);
    if (problem !== undefined) return this.#refuse(incoming, problem.code, problem.text);
    this.#incoming.delete(transfer);
    this.#settle(incoming.offer, incoming.download.end(), (result) => {
      if (result.kind === "saved") this.#link.send("received", { transfer, name: result.name, sha256 });
      else this.#link.send("cancel", { transfer, code: "failed", text: result.reason });
    });
  }

  accepted(accept: Control<"accept">): void {
    this.#outgoing.get(accept.transfer)?.accepted.resolve(accept);
  }

  credit(bytes: Uint8Array, start: number, end: number): void {
    const credit = decodeCredit(bytes, start, end);
    if (credit !== undefined) this.#outgoing.get(credit.transfer)?.sender?.credit(credit.upTo);
  }

  received({ transfer }: Control<"received">): void {
    this.#endOutgoing(transfer, { kind: "received" });
  }

  cancelled({ transfer, text }: Control<"cancel">): void {
    this.#endOutgoing(transfer, { kind: "refused", text: text ?? "it was refused" });
    const incoming = this.#incoming.get(transfer);
    if (incoming === undefined) return;
    this.#incoming.delete(transfer);
    this.#settle(incoming.offer, incoming.download.abort(text ?? "the sender gave up"));
  }

  #giveCredit(transfer: number): void {
    const upTo = this.#incoming.get(transfer)?.receiver.creditDue();
    if (upTo !== undefined) this.#link.connection.send(encodeCredit({ transfer, upTo }));
  }

  #refuse({ offer, download }: Incoming, code: string, text: string): void {
    this.#incoming.delete(offer.transfer);
    this.#link.send("cancel", { transfer: offer.transfer, code, text });
    this.#settle(offer, download.abort(text));
  }

  #settle(
    offer: Control<"offer">,
    result: Promise<DownloadResult>,
    tell: (result: DownloadResult) => void = () => {},
  ): void {
    const work = async (): Promise<void> => {
      const settled = await result;
      tell(settled);
      this.#events.ended(offer, settled);
    };
    const settling: Promise<void> = work().finally(() => this.#settling.delete(settling));
    this.#settling.add(settling);
  }

  #endOutgoing(transfer: number, end: UploadEnd | undefined): void {
    const outgoing = this.#outgoing.get(transfer);
    this.#outgoing.delete(transfer);
    outgoing?.ended.resolve(end);
    outgoing?.accepted.resolve(undefined);
    outgoing?.sender?.stop();
  }

  /** The connection is gone. */
  #end(): void {
    for (const transfer of Array.from(this.#outgoing.keys())) this.#endOutgoing(transfer, undefined);
    for (const { offer, download } of this.#incoming.values())
      this.#settle(offer, download.abort("the connection was cut"));
    this.#incoming.clear();
  }
}
