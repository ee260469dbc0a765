/** Files that a server sends while it is killed again and again: each must come whole, and once. */
import { createHash, randomBytes } from "node:crypto";
import { encodeCredit } from "../classroom/protocol/v2/chunk.ts";
import type { Control } from "../classroom/protocol/v2/control.ts";
import type { Heard, PeerClient } from "../classroom/server/peer/peer-client.test-support.ts";

const windowBytes = 1 << 18;

/** Bytes of a file that a client sends at once: little, so that a server is killed in the middle of many. */
export const chunkBytes = 32 << 10;

/** A file that a client sends; `resume` is the server's word for what it has of it. */
export interface Upload {
  name: string;
  bytes: Buffer;
  resume: string | undefined;
}

interface Download {
  offer: Control<"offer">;
  received: Buffer[];
  bytes: number;
  /** It has come, whole: offered once more, only its end is still to be said. */
  isDone: boolean;
}

export class CrashDownloads {
  /** Hashes by name. */
  readonly done = new Map<string, string>();
  readonly faults: string[] = [];
  /** How often a file was gone on with. */
  resumes = 0;
  #running = new Map<number, Download>();
  /** What has come of files whose offer bears a word for their content. */
  #kept = new Map<string, Download>();

  /** @param heard `offer`, `chunk` or `end` */
  hear(client: PeerClient, { header, content }: Heard): void {
    if (header === "offer") {
      const offer = content as Control<"offer">;
      const download = this.#begin(offer);
      this.#running.set(offer.transfer, download);
      const { bytes: offset } = download;
      return client.send("accept", { transfer: offer.transfer, offset, upTo: offset + windowBytes });
    }
    const { transfer } = content as { transfer: number };
    const download = this.#running.get(transfer);
    if (download === undefined) return;
    if (header === "chunk") {
      const { data } = content as { data: Buffer };
      download.received.push(data);
      download.bytes += data.length;
      return client.connection.send(encodeCredit({ transfer, upTo: download.bytes + windowBytes }));
    }
    this.#running.delete(transfer);
    this.#end(client, transfer, download, content as Control<"end">);
  }

  #begin(offer: Control<"offer">): Download {
    const { from, name, size, same } = offer;
    const download: Download = { offer, received: [], bytes: 0, isDone: false };
    if (same === undefined) return download;
    const key = JSON.stringify([from, name, size, same]);
    const kept = this.#kept.get(key) ?? download;
    this.#kept.set(key, kept);
    if (kept.bytes > 0 && kept.bytes < size) this.resumes++;
    return kept;
  }

  #end(client: PeerClient, transfer: number, download: Download, end: Control<"end">): void {
    const { name } = download.offer;
    const sha256 = hashOf(Buffer.concat(download.received));
    if (sha256 !== end.sha256) return void this.faults.push(`the hash of ${name} is another`);
    if (this.done.has(name) && !download.isDone) this.faults.push(`${name} came twice`);
    download.isDone = true;
    this.done.set(name, sha256);
    client.send("received", { transfer, name, sha256 });
  }
}

export function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

export function randomContent(): Buffer {
  return randomBytes(50_000 + Math.floor(Math.random() * 1_500_000));
}
