/** Files that come: held by the browser until the person saves them, never opened as a page. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { decodeChunk, encodeCredit } from "../../../src/classroom/protocol/v2/chunk.ts";
import type { Control } from "../../../src/classroom/protocol/v2/control.ts";
import type { Classroom } from "../classroom.ts";
import { creditWindowBytes, maxDownloadBytes, maxFilesListed } from "../limits.ts";

export interface Download {
  readonly name: string;
  readonly size: number;
  /** Undefined: the operator. */
  readonly from: string | undefined;
  state: "coming" | "there" | "failed";
  bytes: number;
  /** Why it failed. */
  text: string;
  /** What can be saved. */
  link: string | undefined;
}

interface Running {
  download: Download;
  hash: ReturnType<typeof sha256.create>;
  parts: Blob[];
  upTo: number;
}

export class Downloads {
  readonly list: Download[] = [];
  #classroom: Classroom;
  #running = new Map<number, Running>();

  constructor(classroom: Classroom) {
    this.#classroom = classroom;
  }

  offered({ transfer, name, size, from }: Control<"offer">): void {
    const download: Download = { name, size, from, state: "coming", bytes: 0, text: "", link: undefined };
    this.#list(download);
    if (size > maxDownloadBytes) {
      this.#fail(download, "too large for a page; pcs join can take it");
      return this.#classroom.send("cancel", { transfer, code: "size", text: "It is too large for a page." });
    }
    const upTo = Math.min(size, creditWindowBytes);
    this.#running.set(transfer, { download, hash: sha256.create(), parts: [], upTo });
    this.#classroom.send("accept", { transfer, offset: 0, upTo });
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
    for (const { download } of this.#running.values()) this.#fail(download, "the connection was lost");
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
