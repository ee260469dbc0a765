/** Files of the second protocol over one connection: those that are sent. What comes is in `peer-downloads.ts`. */
import { OwnBlocks } from "../files/own-blocks.ts";
import { ChunkSender } from "../net/chunk-sender.ts";
import { decodeCredit } from "../protocol/v2/chunk.ts";
import type { Control } from "../protocol/v2/control.ts";
import { uploadBlocksAtOnce } from "./limits.ts";
import type { PeerDownloads } from "./peer-downloads.ts";
import type { PeerLink } from "./peer-link.ts";
import type { UploadSource } from "./upload-source.ts";

/** How sending a file ended; `gone` with the word to go on with it over another connection. */
export type UploadEnd =
  | { kind: "received" }
  | { kind: "refused"; text: string }
  | { kind: "failed" }
  | { kind: "gone"; resume: string | undefined };

/** Whom a file goes to, the server where nobody is named, and what it is a part of. */
export type UploadTarget = Pick<Control<"offer">, "to" | "number" | "folder" | "batch" | "collect" | "bank">;

interface Outgoing {
  accepted: PromiseWithResolvers<Control<"accept"> | undefined>;
  ended: PromiseWithResolvers<UploadEnd | undefined>;
  sender: ChunkSender | undefined;
}

export class PeerFiles {
  readonly downloads: PeerDownloads;
  #link: PeerLink;
  #transfer = -1;
  #outgoing = new Map<number, Outgoing>();

  constructor(link: PeerLink, downloads: PeerDownloads) {
    this.#link = link;
    this.downloads = downloads;
    void link.ended.then(() => this.#end());
  }

  get isReceiving(): boolean {
    return this.downloads.isReceiving;
  }

  /** Resolves when every file that came is settled. */
  async settled(): Promise<void> {
    await this.#link.ended;
    await this.downloads.settled();
  }

  /** @param resume the word of a part that is there already */
  async upload(
    source: UploadSource,
    tag: number,
    about: UploadTarget,
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
    const again = resume === undefined ? {} : { resume };
    const { name, size, same } = source;
    this.#link.send("offer", { tag, transfer, name, size, same, ...about, ...again });
    const accept = await outgoing.accepted.promise;
    if (accept === undefined) return (await outgoing.ended.promise) ?? { kind: "gone", resume };
    const blocks = new OwnBlocks(source, { blocksAtOnce: uploadBlocksAtOnce });
    const sender = new ChunkSender(this.#link.connection, transfer, blocks);
    outgoing.sender = sender;
    sender.credit(accept.upTo);
    const outcome = await sender.run(accept.offset, progress);
    blocks.close();
    if (outcome.kind === "sent")
      this.#link.send("end", { transfer, size: source.size, sha256: outcome.sha256 });
    if (outcome.kind === "failed" || outcome.kind === "stalled") {
      this.#link.send("cancel", { transfer, code: "failed" });
      return { kind: "failed" };
    }
    return (await outgoing.ended.promise) ?? { kind: "gone", resume: accept.resume };
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

  cancelled(cancel: Control<"cancel">): void {
    const { transfer, text } = cancel;
    this.#endOutgoing(transfer, { kind: "refused", text: text ?? "it was refused" });
    this.downloads.cancelled(cancel);
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
    this.downloads.lost();
  }
}
