/**
 * Files that are collected:
 *
 *      DATA/collected/open.json              what is being collected
 *      DATA/collected/NAME/STUDENT/FILE      what was handed in; an earlier FILE stays beside it as `FILE (1)`
 *      DATA/collected/NAME/receipts.csv      student,file,bytes,sha256,time: a row each
 */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import type { Collection, CollectionStore, Receipt } from "../../classroom/files/collection-store.ts";
import type { IncomingFile } from "../../classroom/files/file-store.ts";
import { ExpectedError, reasonOf } from "../../lib/errors.ts";
import { DiskFiles } from "./disk-files.ts";
import { syncFolder } from "./sync-folder.ts";
import { writeWhole } from "./write-whole.ts";

const header = "student,file,bytes,sha256,time\n";

export class DiskCollections implements CollectionStore {
  #folder: string;
  #files: DiskFiles;
  /** One row after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  /** @param temporary where files arrive, on the same file system */
  constructor(folder: string, temporary: string) {
    this.#folder = folder;
    this.#files = new DiskFiles(folder, temporary);
  }

  open(): { collections: Collection[]; lastNumber: number } {
    const path = join(this.#folder, "open.json");
    if (!existsSync(path)) return { collections: [], lastNumber: 0 };
    try {
      return JSON.parse(readFileSync(path, "utf8")) as { collections: Collection[]; lastNumber: number };
    } catch (error) {
      throw new ExpectedError(`${path} cannot be read: ${reasonOf(error)}.`, { cause: error });
    }
  }

  async saveOpen(collections: readonly Collection[], lastNumber: number): Promise<void> {
    const path = join(this.#folder, "open.json");
    try {
      mkdirSync(this.#folder, { recursive: true });
      await writeWhole(path, `${JSON.stringify({ collections, lastNumber })}\n`);
    } catch (error) {
      throw new ExpectedError(`${path} cannot be written: ${reasonOf(error)}.`, { cause: error });
    }
  }

  receipts(name: string): Receipt[] {
    const path = join(this.#folder, name, "receipts.csv");
    if (!existsSync(path)) return [];
    const rows = readFileSync(path, "utf8").split("\n").slice(1);
    return rows.map(parseRow).filter((row) => row !== undefined);
  }

  keep(incoming: IncomingFile, name: string, receipt: Receipt): Promise<string | undefined> {
    const kept = this.#turn.then(() => this.#keepNow(incoming, name, receipt));
    this.#turn = kept;
    return kept;
  }

  /** Never rejects. The file is there before its receipt is. */
  async #keepNow(incoming: IncomingFile, name: string, receipt: Receipt): Promise<string | undefined> {
    try {
      mkdirSync(this.#folder, { recursive: true });
      const failure = await this.#files.keep(incoming, name, receipt.file, [receipt.student]);
      return failure ?? (await this.#append(name, receipt));
    } catch (error) {
      return reasonOf(error);
    }
  }

  async #append(name: string, receipt: Receipt): Promise<undefined> {
    const folder = join(this.#folder, name);
    const handle = await open(join(folder, "receipts.csv"), "a", 0o600);
    try {
      const { size } = await handle.stat();
      await handle.writeFile((size === 0 ? header : "") + formatRow(receipt));
      await handle.sync();
      if (size === 0) await syncFolder(folder);
    } finally {
      await handle.close();
    }
    return undefined;
  }
}

function formatRow({ student, file, bytes, sha256, timeMs }: Receipt): string {
  return `${student},${quoted(file)},${bytes},${sha256},${new Date(timeMs).toISOString()}\n`;
}

/** A spreadsheet takes what begins like a formula for one, so that a `'` stands before it. */
function quoted(text: string): string {
  const shown = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
}

function parseRow(row: string): Receipt | undefined {
  const match = /^([^,]+),(?:"((?:[^"]|"")*)"|([^,]*)),(\d+),([0-9a-f]{64}),([^,]+)$/.exec(row);
  if (match === null) return undefined;
  const [, student = "", inQuotes, plain = "", bytes = "", sha256 = "", time = ""] = match;
  const file = (inQuotes?.replaceAll('""', '"') ?? plain).replace(/^'(?=[=+\-@])/, "");
  return { student, file, bytes: Number(bytes), sha256, timeMs: Date.parse(time) };
}
