/**
 * A file that comes in the second protocol: first as a part in the downloads folder, whose name says which content it
 * is a part of, then, whole, under the first name that is free.
 *
 *      downloads/.pcs-WORD.part
 *
 * A part stays when the connection breaks or the program ends, and is gone on with when the same is offered again.
 */
import { mkdir, readdir, rm, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { reasonOf } from "../../lib/errors.ts";
import { goOnHashing, startHash } from "../../lib/file-hash.ts";
import { GrowingFile, type GrowingFileOptions } from "../../lib/growing-file.ts";
import { otherHash, type TransferProblem } from "../files/chunk-receiver.ts";
import { reservedDownloadBytes, partDays } from "./limits.ts";
import type { DownloadResult } from "./download.ts";
import { placeFile } from "./place-file.ts";
import { safeFileName } from "./safe-name.ts";

const partName = /^\.pcs-[\w-]+\.part$/;

export interface WantedFile {
  /** As the sender announced it; any text. */
  name: string;
  size: number;
  /** Stands for its content and for whose it is; undefined where it cannot be gone on with. */
  word: string | undefined;
  /** The folder within the downloads where it goes, its parts safe. */
  folder: readonly string[];
}

export class PartDownload {
  readonly file: GrowingFile;
  /** Bytes that were there already. */
  readonly bytes: number;
  #folder: string;
  #name: string;

  private constructor(folder: string, name: string, path: string, options: GrowingFileOptions) {
    this.#folder = folder;
    this.#name = name;
    this.bytes = options.goOnAt ?? 0;
    this.file = new GrowingFile(path, options);
  }

  /**
   * @returns words that fit behind a colon where it cannot be taken
   */
  static async open(downloads: string, wanted: WantedFile): Promise<PartDownload | string> {
    try {
      const folder = join(downloads, ...wanted.folder);
      await mkdir(folder, { recursive: true });
      const path = join(downloads, `.pcs-${wanted.word ?? crypto.randomUUID()}.part`);
      const there = await sizeOf(path);
      const isGoneOn = there !== undefined && there <= wanted.size;
      if (there !== undefined && !isGoneOn) await rm(path, { force: true });
      const { bavail, bsize } = await statfs(downloads);
      if (wanted.size - (there ?? 0) > bavail * bsize - reservedDownloadBytes)
        return "there is not so much room on the disk";
      const hash = isGoneOn ? await goOnHashing(path, wanted.size) : startHash(wanted.size);
      const goOnAt = isGoneOn ? there : undefined;
      return new PartDownload(folder, safeFileName(wanted.name), path, {
        reserved: reservedDownloadBytes,
        full: "the disk is full",
        mode: 0o666,
        expectedBytes: wanted.size,
        goOnAt,
        hash,
      });
    } catch (error) {
      return reasonOf(error);
    }
  }

  /**
   * All of it has come: gives it its name.
   * @returns the problem, too, where it is not what was sent
   */
  async end(sha256: string): Promise<DownloadResult & { problem?: TransferProblem }> {
    const failure = await this.file.finish();
    if (failure === undefined && this.file.sha256 !== sha256) {
      await this.discard();
      return { kind: "failed", reason: otherHash.text.replace(/\.$/, ""), problem: otherHash };
    }
    if (failure === undefined) {
      try {
        return { kind: "saved", name: await placeFile(this.file.path, this.#folder, this.#name) };
      } catch (error) {
        await this.discard();
        return { kind: "failed", reason: reasonOf(error) };
      }
    }
    await this.discard();
    return { kind: "failed", reason: failure };
  }

  /** The connection broke: what has come stays. */
  async leave(): Promise<void> {
    await this.file.finish();
  }

  async discard(): Promise<void> {
    await this.file.discard();
  }
}

/** Takes away parts that nobody has gone on with for long. */
export async function removeOldParts(downloads: string, nowMs: number): Promise<void> {
  try {
    for (const name of await readdir(downloads)) {
      if (!partName.test(name)) continue;
      const path = join(downloads, name);
      const { mtimeMs } = await stat(path);
      if (nowMs - mtimeMs > partDays * 86_400_000) await rm(path, { force: true });
    }
  } catch {
    // There is no such folder yet, or it is not ours.
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch {
    return undefined;
  }
}
