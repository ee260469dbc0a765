/**
 * The journal of one run on disk. Lines that come while others are being written are written together, with one
 * sync for all. Of lines that are told as failed none stays: the file is cut back to where it was.
 */
import { constants } from "node:fs";
import { mkdir, open, rename, type FileHandle } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { RunJournal } from "../../classroom/quiz/run/run-store.ts";
import { reasonOf } from "../../lib/errors.ts";
import { syncFolder } from "./sync-folder.ts";
import { writeWhole } from "./write-whole.ts";

/** Bytes of one journal: a class of 300 with 50 questions needs 3 MB. Beyond it nothing more is kept. */
export const maxJournalBytes = 256 << 20;

type Told = (failure: string | undefined) => void;

interface Waiting {
  readonly text: string;
  /** Of a line that is owed. */
  readonly key: string | undefined;
  readonly told: Told | undefined;
}

export interface JournalPlaces {
  /** Of the journal itself, `FOLDER/NAME.run`. */
  readonly path: string;
  /** Where results go. */
  readonly results: string;
  readonly mostBytes?: number;
}

export class DiskJournal implements RunJournal {
  readonly name: string;
  readonly #places: JournalPlaces;
  #handle: FileHandle | undefined;
  #bytes: number;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  /** What failed could not be cut off again. */
  #isDamaged = false;
  #failure: string | undefined;

  /** @param bytes of the file that are whole lines; what is behind them is cut off before the first write */
  constructor(places: JournalPlaces, bytes: number) {
    this.#places = places;
    this.#bytes = bytes;
    this.name = basename(places.path, ".run");
  }

  append(line: string): Promise<string | undefined> {
    return new Promise((told) => {
      this.#waiting.push({ text: line, key: undefined, told });
      this.#start();
    });
  }

  owe(key: string, line: string): void {
    // What waits behind an answer must stay behind it: only lines that failed before are given up for a later one.
    if (this.#writing === undefined) this.#waiting = this.#waiting.filter((each) => each.key !== key);
    this.#waiting.push({ text: line, key, told: undefined });
    this.#start();
  }

  async settle(): Promise<string | undefined> {
    await this.#writing;
    if (this.#waiting.length > 0) {
      this.#start();
      await this.#writing;
    }
    return this.#waiting.length === 0 ? undefined : this.#failure;
  }

  async writeResults(json: string, csv: string): Promise<{ paths: string[] } | { failure: string }> {
    const base = join(this.#places.results, this.name);
    const paths = [`${base}.results.json`, `${base}.results.csv`];
    try {
      await mkdir(this.#places.results, { recursive: true });
      await writeWhole(paths[0]!, json);
      await writeWhole(paths[1]!, csv);
      return { paths };
    } catch (error) {
      return { failure: reasonOf(error) };
    }
  }

  replace(text: string): Promise<string | undefined> {
    // Whatever is appended meanwhile waits as it does behind a write.
    const before = this.#writing;
    const work = this.#replace(text, before);
    this.#writing = work.then(() => this.#writeAll());
    return work;
  }

  async close(): Promise<void> {
    await this.settle();
    await this.#close();
  }

  async putAside(kept: "done" | "damaged"): Promise<string> {
    await this.close();
    return this.#moveAside(kept);
  }

  async #replace(text: string, before: Promise<void> | undefined): Promise<string | undefined> {
    await before;
    await this.#close();
    const { path } = this.#places;
    try {
      await writeWhole(`${path}.whole`, text);
      const aside = await this.#moveAside("damaged");
      await rename(`${path}.whole`, path);
      await syncFolder(dirname(path));
      this.#bytes = Buffer.byteLength(text);
      return aside;
    } catch {
      return undefined;
    }
  }

  async #moveAside(kept: "done" | "damaged"): Promise<string> {
    const { path } = this.#places;
    const folder = join(dirname(path), kept);
    await mkdir(folder, { recursive: true });
    const aside = await freeName(folder, this.name);
    await rename(path, aside);
    await syncFolder(dirname(path));
    return aside;
  }

  #start(): void {
    this.#writing ??= this.#writeAll();
  }

  async #writeAll(): Promise<void> {
    // All that comes within this turn belongs to the first write.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      this.#failure = await this.#write(batch.map(({ text }) => text).join(""));
      if (this.#failure === undefined) {
        for (const { told } of batch) told?.(undefined);
        continue;
      }
      const owed = latestOf(batch);
      const later = this.#waiting;
      this.#waiting = [...owed, ...later];
      for (const { told } of batch) told?.(this.#failure);
      // Whoever comes next tries again.
      if (later.every(({ told }) => told === undefined)) break;
    }
    // In the same turn as the last look at what waits.
    this.#writing = undefined;
  }

  async #write(text: string): Promise<string | undefined> {
    if (this.#isDamaged) return "the journal is damaged";
    const bytes = Buffer.byteLength(text);
    if (this.#bytes + bytes > (this.#places.mostBytes ?? maxJournalBytes)) return "the journal is full";
    try {
      this.#handle ??= await this.#open();
      await writeSynced(this.#handle, Buffer.from(text));
      this.#bytes += bytes;
      return undefined;
    } catch (error) {
      await this.#cutBack();
      return reasonOf(error);
    }
  }

  async #open(): Promise<FileHandle> {
    const handle = await open(this.#places.path, appending, 0o600);
    const { size } = await handle.stat();
    if (size > this.#bytes) await handle.truncate(this.#bytes);
    else if (size < this.#bytes) {
      await handle.close();
      throw new Error("the journal has become shorter");
    }
    return handle;
  }

  async #cutBack(): Promise<void> {
    try {
      await this.#handle?.truncate(this.#bytes);
      await this.#close();
    } catch {
      this.#isDamaged = true;
    }
  }

  async #close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    await handle?.close();
  }
}

const { O_RDWR, O_APPEND, O_CREAT, O_DSYNC } = constants;

/** Where a write can sync by itself, that is one way to the disk and back to the event loop instead of two. */
const isSyncedByWrite = process.platform === "linux";
const appending = O_RDWR | O_APPEND | O_CREAT | (isSyncedByWrite ? O_DSYNC : 0);

async function writeSynced(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at)).bytesWritten;
  if (!isSyncedByWrite) await handle.datasync();
}

/** Lines that are owed, of each key the last. */
function latestOf(batch: readonly Waiting[]): Waiting[] {
  const last = new Map(batch.filter(({ key }) => key !== undefined).map((each) => [each.key, each]));
  return batch.filter((each) => last.get(each.key) === each);
}

async function freeName(folder: string, name: string): Promise<string> {
  for (let number = 1; ; number++) {
    const path = join(folder, `${name}${number === 1 ? "" : `-${number}`}.run`);
    if (!(await Bun.file(path).exists())) return path;
  }
}
