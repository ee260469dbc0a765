/**
 * Scores as CSV files, a row a student, without a header row. Rows that come while others are being written are
 * written together, with one sync for all: a class that answers at once waits for one disk write, not for thirty.
 */
import { mkdir, open, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import type { ScoreBook } from "../../classroom/quiz/score-book.ts";
import { reasonOf } from "../../lib/errors.ts";
import { syncFolder } from "./sync-folder.ts";

interface Row {
  file: string;
  text: string;
  done: (failure: string | undefined) => void;
}

export class DiskScores implements ScoreBook {
  #folder: string;
  #waiting: Row[] = [];
  #writing = false;

  constructor(folder: string) {
    this.#folder = folder;
  }

  add(file: string, name: string, score: number): Promise<string | undefined> {
    return new Promise((done) => {
      this.#waiting.push({ file, text: `${name},${score}\n`, done });
      if (!this.#writing) void this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      const file = this.#waiting[0]!.file;
      const rows = this.#waiting.filter((row) => row.file === file);
      this.#waiting = this.#waiting.filter((row) => row.file !== file);
      const failure = await this.#append(file, rows.map((row) => row.text).join(""));
      for (const row of rows) row.done(failure);
    }
    this.#writing = false;
  }

  async #append(file: string, text: string): Promise<string | undefined> {
    try {
      await mkdir(this.#folder, { recursive: true });
      const handle = await open(join(this.#folder, file), "a+");
      try {
        const { size } = await handle.stat();
        await appendRows(handle, size, text);
        if (size === 0) await syncFolder(this.#folder);
      } finally {
        await handle.close();
      }
      return undefined;
    } catch (error) {
      return reasonOf(error);
    }
  }
}

/** Adds rows, or nothing: of rows that are told as failed none may stay, for they will be sent again. */
async function appendRows(handle: FileHandle, size: number, text: string): Promise<void> {
  try {
    await handle.appendFile((await endsWithLine(handle, size)) ? text : `\n${text}`);
    await handle.datasync();
  } catch (error) {
    await handle.truncate(size).catch(() => {});
    throw error;
  }
}

/** False where an earlier write was cut in the middle of a row. */
async function endsWithLine(handle: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return true;
  const last = new Uint8Array(1);
  await handle.read(last, 0, 1, size - 1);
  return last[0] === 10;
}
