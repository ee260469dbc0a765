/**
 * Files that come: held by the browser until the person saves them, never opened as a page. What another person sends
 * is asked about first; what broke off with the connection goes on where it was when it is offered again.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { decodeChunk, encodeCredit } from "../../../src/classroom/protocol/v2/chunk.ts";
import type { Control } from "../../../src/classroom/protocol/v2/control.ts";
import type { Classroom } from "../classroom.ts";
import { creditWindowBytes, maxDownloadBytes, maxFilesListed, maxPartedDownloads } from "../limits.ts";

export interface Download {
  readonly name: string;
  readonly size: number;
  /** Undefined: the operator. */
  readonly from: string | undefined;
  state: "offered" | "coming" | "there" | "failed";
  bytes: number;
  /** Why it failed. */
  text: string;
  /** What can be saved. */
  link: string | undefined;
}

interface Running {
  offer: Control<"offer">;
  download: Download;
  hash: ReturnType<typeof sha256.create>;
  parts: Blob[];
  upTo: number;
}

export class Downloads {
  readonly list: Download[] = [];
  #classroom: Classroom;
  #running = new Map<number, Running>();
  /** What has come of files whose connection was lost. */
  #parted: Running[] = [];

  constructor(classroom: Classroom) {
    this.#classroom = classroom;
  }

  offered(offer: Control<"offer">): void {
    const { transfer, name, size, from } = offer;
    const parted = this.#parted.findIndex((each) => isSame(each.offer, offer));
    if (parted >= 0) {
      const running = this.#parted.splice(parted, 1)[0]!;
      this.#running.set(transfer, { ...running, offer });
      return this.#accept(transfer);
    }
    const download: Download = { name, size, from, state: "offered", bytes: 0, text: "", link: undefined };
    this.#list(download);
    if (size > maxDownloadBytes) {
      this.#fail(download, "too large for a page; pcs join can take it");
      return this.#classroom.send("cancel", { transfer, code: "size", text: "It is too large for a page." });
    }
    this.#running.set(transfer, { offer, download, hash: sha256.create(), parts: [], upTo: 0 });
    // What the teacher's console sends comes by itself, and what a teacher sends to a whole room.
    if (from === undefined || offer.number !== undefined) this.#accept(transfer);
  }

  accept(download: Download): void {
    for (const [transfer, running] of this.#running)
      if (running.download === download) return this.#accept(transfer);
  }

  decline(download: Download): void {
    for (const [transfer, running] of this.#running)
      if (running.download === download) {
        const text = `${this.#classroom.name} does not want it.`;
        this.#running.delete(transfer);
        this.#classroom.send("cancel", { transfer, code: "refused", text });
        this.forget(download);
      }
  }

  #accept(transfer: number): void {
    const running = this.#running.get(transfer)!;
    const { download } = running;
    download.state = "coming";
    running.upTo = Math.min(download.size, download.bytes + creditWindowBytes);
    this.#classroom.send("accept", { transfer, offset: download.bytes, upTo: running.upTo });
    this.#classroom.changes.tell("files");
  }

  chunk(bytes: Uint8Array, start: number, end: number): void {
    const chunk = decodeChunk(bytes, start, end);
    const running = chunk === undefined ? undefined : this.#running.get(chunk.transfer);
    if (chunk === undefined || running === undefined) return;
    const { download, hash, parts } = running;
    const next = chunk.offset + chunk.end - chunk.start;
    if (chunk.offset !== download.bytes || next > running.upTo)
      return this.#refuse(chunk.transfer, "gap", "It came out of order.");
    const data = bytes.slice(chunk.start, chunk.end);
    hash.update(data);
    parts.push(new Blob([data]));
    download.bytes = next;
    this.#classroom.changes.tell("files");
    const upTo = Math.min(download.size, next + creditWindowBytes);
    if (upTo - running.upTo < creditWindowBytes / 4 && upTo < download.size) return;
    if (upTo === running.upTo) return;
    running.upTo = upTo;
    this.#classroom.link?.sendFrame(encodeCredit({ transfer: chunk.transfer, upTo }));
  }

  end({ transfer, size, sha256: hash }: Control<"end">): void {
    const running = this.#running.get(transfer);
    if (running === undefined) return;
    const { download, parts } = running;
    if (size !== download.size || download.bytes !== size || bytesToHex(running.hash.digest()) !== hash)
      return this.#refuse(transfer, "hash", "It is not what was sent.");
    this.#running.delete(transfer);
    download.state = "there";
    // Of no type that a browser would show.
    download.link = URL.createObjectURL(new Blob(parts, { type: "application/octet-stream" }));
    this.#classroom.send("received", { transfer, name: download.name, sha256: hash });
    this.#classroom.changes.tell("files");
  }

  cancelled({ transfer, text }: Control<"cancel">): void {
    const running = this.#running.get(transfer);
    this.#running.delete(transfer);
    if (running !== undefined) this.#fail(running.download, text ?? "the sender gave up");
  }

  /** The connection is gone; what comes over the next one has other numbers. */
  pause(): void {
    for (const running of this.#running.values()) {
      const { download, offer } = running;
      if (download.state === "coming" && offer.same !== undefined) this.#parted.push(running);
      else if (download.state === "offered") this.forget(download);
      else this.#fail(download, "the connection was lost");
    }
    this.#parted = this.#parted.slice(-maxPartedDownloads);
    this.#running.clear();
  }

  /** Saved, or not wanted: gives the memory back. */
  forget(download: Download): void {
    if (download.link !== undefined) URL.revokeObjectURL(download.link);
    const at = this.list.indexOf(download);
    if (at >= 0) this.list.splice(at, 1);
    this.#classroom.changes.tell("files");
  }

  #list(download: Download): void {
    this.list.unshift(download);
    const oldest = this.list.at(-1);
    if (this.list.length > maxFilesListed && oldest !== undefined && oldest.state !== "coming")
      this.forget(oldest);
    this.#classroom.changes.tell("files");
  }

  #refuse(transfer: number, code: string, text: string): void {
    const running = this.#running.get(transfer);
    this.#running.delete(transfer);
    this.#classroom.send("cancel", { transfer, code, text });
    if (running !== undefined) this.#fail(running.download, text);
  }

  #fail(download: Download, text: string): void {
    download.state = "failed";
    download.text = text;
    this.#classroom.changes.tell("files");
  }
}

/** Whether this is what was coming when the connection broke (PROTOCOL.md §10). */
function isSame(before: Control<"offer">, now: Control<"offer">): boolean {
  return (
    now.same !== undefined &&
    before.same === now.same &&
    before.from === now.from &&
    before.name === now.name &&
    before.size === now.size
  );
}
