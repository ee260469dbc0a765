/** Files of the second protocol that come over one connection. What is not wanted at once waits for an answer. */
import { ChunkReceiver } from "../files/chunk-receiver.ts";
import { sameWord } from "../files/same-word.ts";
import { decodeChunk, encodeCredit } from "../protocol/v2/chunk.ts";
import type { Control } from "../protocol/v2/control.ts";
import type { DownloadResult } from "./download.ts";
import { maxDownloadsAtOnce } from "./limits.ts";
import { PartDownload } from "./part-download.ts";
import type { PartsInUse } from "./parts-in-use.ts";
import type { PeerLink } from "./peer-link.ts";
import { safeFolder } from "./safe-name.ts";
import { UnheardFiles, type SavedFile } from "./unheard-files.ts";

export type Offer = Control<"offer">;

/** How a file that was accepted ended; `cut`, its part stays and is gone on with. */
export type DownloadEnd = DownloadResult | { kind: "cut"; bytes: number };

export interface DownloadEvents {
  /** Whether a file is taken, or not before somebody says so. */
  decide(offer: Offer): "take" | "ask" | { refuse: string };
  /** An offer that waits for an answer is not there any more. */
  withdrawn(offer: Offer): void;
  progress(offer: Offer, bytes: number): void;
  ended(offer: Offer, end: DownloadEnd): void;
}

interface Incoming {
  offer: Offer;
  /** Gives the part free for others. */
  release: () => void;
  /** Stands for its content and whose it is; missing where it cannot be gone on with, or while it is opened. */
  word: string | undefined;
  /** It is in its place already. */
  had: SavedFile | undefined;
  /** Both are missing while the part is opened. */
  part: PartDownload | undefined;
  receiver: ChunkReceiver | undefined;
}

export class PeerDownloads {
  #link: PeerLink;
  #folder: string;
  #owner: () => string;
  #events: DownloadEvents;
  #asked = new Map<number, Offer>();
  #incoming = new Map<number, Incoming>();
  /** Files that are being put in place. */
  #settling = new Set<Promise<void>>();
  #inUse: PartsInUse;
  /** Files that were put in place over this connection. */
  readonly #saved = new UnheardFiles();
  #isLost = false;

  /**
   * @param owner whose seat this is: another person's parts are none of ours
   * @param inUse the parts that are written, over whichever connection
   */
  constructor(
    link: PeerLink,
    folder: string,
    owner: () => string,
    inUse: PartsInUse,
    events: DownloadEvents,
  ) {
    this.#link = link;
    this.#folder = folder;
    this.#owner = owner;
    this.#inUse = inUse;
    this.#events = events;
  }

  get isReceiving(): boolean {
    return this.#incoming.size > 0 || this.#settling.size > 0;
  }

  async settled(): Promise<void> {
    await Promise.all(this.#settling);
  }

  offered(offer: Offer): void {
    const { transfer } = offer;
    const decision = this.#events.decide(offer);
    if (decision === "take") return this.accept(offer);
    if (decision === "ask") this.#asked.set(transfer, offer);
    else this.#link.send("cancel", { transfer, code: "limit", text: decision.refuse });
  }

  /** Takes a file that was offered. */
  accept(offer: Offer): void {
    const { transfer } = offer;
    this.#asked.delete(transfer);
    if (this.#incoming.size >= maxDownloadsAtOnce)
      return this.#link.send("cancel", { transfer, code: "limit", text: "Too many files come at once." });
    const missing = { word: undefined, had: undefined, part: undefined, receiver: undefined };
    const incoming: Incoming = { offer, release() {}, ...missing };
    this.#incoming.set(transfer, incoming);
    this.#settle(this.#open(incoming));
  }

  decline({ transfer }: Offer): void {
    if (this.#asked.delete(transfer))
      this.#link.send("cancel", { transfer, code: "refused", text: "It is not wanted." });
  }

  chunk(bytes: Uint8Array, start: number, end: number): void {
    const chunk = decodeChunk(bytes, start, end);
    const incoming = chunk === undefined ? undefined : this.#incoming.get(chunk.transfer);
    if (chunk === undefined || incoming?.receiver === undefined) return;
    const problem = incoming.receiver.take(chunk.offset, bytes, chunk.start, chunk.end);
    if (problem !== undefined) return this.#refuse(incoming, problem.code, problem.text);
    this.#events.progress(incoming.offer, incoming.receiver.offset);
    this.#giveCredit(incoming);
  }

  end({ transfer, size, sha256 }: Control<"end">): void {
    const incoming = this.#incoming.get(transfer);
    if (incoming?.had?.sha256 === sha256) return this.#tellHad(incoming, incoming.had);
    if (incoming?.receiver === undefined || incoming.part === undefined) return;
    const problem = incoming.receiver.end(size);
    if (problem !== undefined) return this.#refuse(incoming, problem.code, problem.text);
    this.#incoming.delete(transfer);
    this.#settle(this.#place(incoming, incoming.part, sha256));
  }

  cancelled({ transfer, text }: Control<"cancel">): void {
    const asked = this.#asked.get(transfer);
    this.#asked.delete(transfer);
    if (asked !== undefined) return this.#events.withdrawn(asked);
    const incoming = this.#incoming.get(transfer);
    if (incoming === undefined) return;
    this.#incoming.delete(transfer);
    this.#settle(this.#drop(incoming, text ?? "the sender gave up"));
  }

  /** The connection is gone: what has come stays. */
  lost(): void {
    for (const offer of this.#asked.values()) this.#events.withdrawn(offer);
    this.#asked.clear();
    this.#isLost = true;
    this.#inUse.unheard.addAll(this.#saved);
    for (const incoming of this.#incoming.values()) this.#settle(this.#leave(incoming));
    this.#incoming.clear();
  }

  async #open(incoming: Incoming): Promise<void> {
    const { offer } = incoming;
    const { transfer, name, size, from, same, folder } = offer;
    const word =
      same === undefined
        ? undefined
        : sameWord(this.#link.server, this.#owner(), from ?? "", name, folder ?? "", size, same);
    if (word !== undefined) {
      incoming.word = word;
      incoming.release = await this.#inUse.take(word);
      if (this.#incoming.get(transfer) !== incoming) return incoming.release();
      incoming.had = this.#inUse.unheard.take(word);
      // Nothing is left to be sent of it but its end.
      if (incoming.had !== undefined)
        return this.#link.send("accept", { transfer, offset: size, upTo: size });
    }
    const wanted = { name, size, word, folder: safeFolder(folder) };
    const opened = await PartDownload.open(this.#folder, wanted);
    if (this.#incoming.get(transfer) !== incoming) {
      if (typeof opened !== "string") await opened.leave();
      return incoming.release();
    }
    if (typeof opened === "string") return this.#refuse(incoming, "failed", `It cannot be kept: ${opened}.`);
    const receiver = new ChunkReceiver(size, opened.file, opened.bytes);
    opened.file.onDrain = () => this.#giveCredit(incoming);
    incoming.part = opened;
    incoming.receiver = receiver;
    receiver.creditDue();
    this.#link.send("accept", { transfer, offset: receiver.offset, upTo: receiver.upTo });
  }

  /** The server has offered once more what is here, whole. */
  #tellHad({ offer, word, release }: Incoming, had: SavedFile): void {
    const { transfer } = offer;
    this.#incoming.delete(transfer);
    if (word !== undefined) this.#remember(word, had);
    release();
    this.#link.send("received", { transfer, ...had });
  }

  #remember(word: string, file: SavedFile): void {
    (this.#isLost ? this.#inUse.unheard : this.#saved).add(word, file);
  }

  async #place({ offer, word, release }: Incoming, part: PartDownload, sha256: string): Promise<void> {
    const { transfer } = offer;
    const result = await part.end(sha256);
    if (result.kind === "saved" && word !== undefined) this.#remember(word, { name: result.name, sha256 });
    release();
    if (result.kind === "saved") this.#link.send("received", { transfer, name: result.name, sha256 });
    else {
      const { problem = { code: "failed", text: `It cannot be kept: ${result.reason}.` } } = result;
      this.#link.send("cancel", { transfer, ...problem });
    }
    this.#events.ended(offer, result);
  }

  async #leave({ offer, word, had, release, part, receiver }: Incoming): Promise<void> {
    if (word !== undefined && had !== undefined) {
      this.#inUse.unheard.add(word, had);
      return release();
    }
    if (part === undefined) return;
    await part.leave();
    release();
    this.#events.ended(
      offer,
      offer.same === undefined
        ? { kind: "failed", reason: "the connection was cut" }
        : { kind: "cut", bytes: receiver?.offset ?? 0 },
    );
    if (offer.same === undefined) await part.discard();
  }

  async #drop({ offer, release, part }: Incoming, reason: string): Promise<void> {
    await part?.discard();
    release();
    this.#events.ended(offer, { kind: "failed", reason });
  }

  #refuse(incoming: Incoming, code: string, text: string): void {
    const { transfer } = incoming.offer;
    this.#incoming.delete(transfer);
    this.#link.send("cancel", { transfer, code, text });
    this.#settle(this.#drop(incoming, text.replace(/\.$/, "")));
  }

  #giveCredit({ offer, receiver }: Incoming): void {
    if (!this.#incoming.has(offer.transfer)) return;
    const upTo = receiver?.creditDue();
    if (upTo !== undefined) this.#link.connection.send(encodeCredit({ transfer: offer.transfer, upTo }));
  }

  #settle(work: Promise<void>): void {
    const settling: Promise<void> = work.finally(() => this.#settling.delete(settling));
    this.#settling.add(settling);
  }
}
