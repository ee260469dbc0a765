/**
 * Files that arrive in parts:
 *
 *      DATA/parts/WORD.part     what has arrived
 *      DATA/parts/WORD.json     whose it is, its name and its size
 *      DATA/parts-finished.jsonl those that were kept
 *
 * A part that nobody went on with for long is removed when the server starts.
 */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { readFile, rm, stat, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { NoRoomError, type Part, type PartInfo, type PartStore } from "../../classroom/files/part-store.ts";
import { ExpectedError, reasonOf } from "../../lib/errors.ts";
import { goOnHashing, startHash } from "../../lib/file-hash.ts";
import { FinishedParts } from "./finished-parts.ts";
import { DiskFile, reservedBytes } from "./incoming-file.ts";

/** How long a part waits to be gone on with. */
export const partDays = 7;

/** Parts that one person may have waiting; the one not touched for longest goes. */
export const maxPartsOfPerson = 32;

/** Bytes of them together, where they are more than one. */
export const maxPartBytesOfPerson = 8e9;

/** A file that is taken wherever there is room for it, whatever else may come. */
const smallFileBytes = 64 << 20;

export class DiskParts implements PartStore {
  #folder: string;
  /** Parts that are arriving, and bytes that are still to come of each. */
  #inUse = new Map<string, number>();
  /** Of each owner, so that nobody else's are looked at. */
  #words = new Map<string, Set<string>>();
  /** By the word. */
  #owners = new Map<string, string>();
  readonly #finished: FinishedParts;

  readonly #maxBytesOfPerson: number;

  /** @param nowMs since 1970. @param maxBytesOfPerson of parts that wait. @throws ExpectedError with one sentence where the folder cannot be used */
  constructor(folder: string, nowMs: number, maxBytesOfPerson = maxPartBytesOfPerson) {
    this.#folder = folder;
    this.#maxBytesOfPerson = maxBytesOfPerson;
    try {
      mkdirSync(folder, { recursive: true });
      this.#removeOld(nowMs);
      const oldestMs = nowMs - partDays * 86_400_000;
      this.#finished = new FinishedParts(`${folder}-finished.jsonl`, oldestMs, Date.now);
    } catch (error) {
      throw new ExpectedError(`the folder ${folder} cannot be used: ${reasonOf(error)}.`, { cause: error });
    }
  }

  #removeOld(nowMs: number): void {
    const folder = this.#folder;
    for (const file of readdirSync(folder)) {
      const path = join(folder, file);
      if (nowMs - statSync(path).mtimeMs > partDays * 86_400_000) rmSync(path, { force: true });
      else if (file.endsWith(".json")) this.#own(ownerIn(path), file.slice(0, -".json".length));
    }
  }

  async begin(info: PartInfo): Promise<Part> {
    const { bavail, bsize } = await statfs(this.#folder);
    // What was accepted before and has not come yet has its room already; but what never comes keeps out no small file.
    const promised =
      info.size <= smallFileBytes ? 0 : this.#inUse.values().reduce((sum, bytes) => sum + bytes, 0);
    const room = bavail * bsize - reservedBytes - promised;
    // Half of what is left stays for what the server is to keep.
    if (info.size > (info.to === "" ? room : room / 2))
      throw new NoRoomError("there is not so much room on the disk of the server.");
    const word = randomBytes(12).toString("base64url");
    try {
      await this.#trim(info.owner);
      await writeFile(this.#path(word, "json"), JSON.stringify(info), { mode: 0o600 });
    } catch (error) {
      throw new ExpectedError(`the server cannot take it: ${reasonOf(error)}.`, { cause: error });
    }
    this.#own(info.owner, word);
    this.#inUse.set(word, info.size);
    const options = { expectedBytes: info.size, hash: startHash(info.size) };
    return { word, file: new DiskFile(this.#path(word, "part"), options), bytes: 0 };
  }

  async resume(word: string, info: PartInfo): Promise<Part | undefined> {
    if (!/^[\w-]{16}$/.test(word) || this.#inUse.has(word)) return undefined;
    const known = await this.#infoOf(word);
    if (known === undefined || !isSame(known, info)) return undefined;
    this.#inUse.set(word, info.size);
    try {
      const path = this.#path(word, "part");
      const { size } = await stat(path);
      if (size <= info.size) {
        this.#inUse.set(word, info.size - size);
        const hash = await goOnHashing(path, info.size);
        const options = { goOnAt: size, expectedBytes: info.size, hash };
        return { word, file: new DiskFile(path, options), bytes: size };
      }
    } catch {
      /* it is not there any more */
    }
    this.#inUse.delete(word);
    return undefined;
  }

  seal({ word }: Part, info: PartInfo, sha256: string): Promise<void> {
    return this.#finished.add(word, info, sha256);
  }

  async finish(part: Part): Promise<void> {
    await this.#remove(part);
  }

  finished(word: string, info: PartInfo): string | undefined {
    const known = this.#finished.find(word);
    const isWaiting = this.#inUse.has(word) || existsSync(this.#path(word, "part"));
    return known !== undefined && !isWaiting && isSame(known.info, info) ? known.sha256 : undefined;
  }

  async leave(part: Part): Promise<void> {
    await part.file.finish();
    this.#inUse.delete(part.word);
  }

  async forget(part: Part): Promise<void> {
    await this.#finished.remove(part.word);
    await this.#remove(part);
  }

  async #remove(part: Part): Promise<void> {
    await part.file.discard();
    await rm(this.#path(part.word, "json"), { force: true });
    this.#disown(part.word);
    this.#inUse.delete(part.word);
  }

  async #trim(owner: string): Promise<void> {
    const own: { word: string; touchedMs: number; bytes: number }[] = [];
    for (const word of this.#words.get(owner) ?? []) {
      if (this.#inUse.has(word)) continue;
      own.push({
        word,
        touchedMs: await stat(this.#path(word, "json")).then(
          ({ mtimeMs }) => mtimeMs,
          () => 0,
        ),
        bytes: await stat(this.#path(word, "part")).then(
          ({ size }) => size,
          () => 0,
        ),
      });
    }
    own.sort((a, b) => b.touchedMs - a.touchedMs);
    let bytes = 0;
    const tooMany = own.filter(
      (part, index) =>
        index >= maxPartsOfPerson - 1 || ((bytes += part.bytes) > this.#maxBytesOfPerson && index > 0),
    );
    for (const { word } of tooMany) {
      for (const kind of ["part", "json"] as const) await rm(this.#path(word, kind), { force: true });
      this.#disown(word);
    }
  }

  #own(owner: string, word: string): void {
    this.#owners.set(word, owner);
    const words = this.#words.get(owner);
    if (words === undefined) this.#words.set(owner, new Set([word]));
    else words.add(word);
  }

  #disown(word: string): void {
    const owner = this.#owners.get(word);
    if (owner === undefined) return;
    this.#owners.delete(word);
    const words = this.#words.get(owner);
    words?.delete(word);
    if (words?.size === 0) this.#words.delete(owner);
  }

  async #infoOf(word: string): Promise<PartInfo | undefined> {
    try {
      return JSON.parse(await readFile(this.#path(word, "json"), "utf8")) as PartInfo;
    } catch {
      return undefined;
    }
  }

  #path(word: string, kind: "part" | "json"): string {
    return join(this.#folder, `${word}.${kind}`);
  }
}

/** @returns nobody's name where it cannot be told */
function ownerIn(path: string): string {
  try {
    return (JSON.parse(readFileSync(path, "utf8")) as PartInfo).owner;
  } catch {
    return "";
  }
}

function isSame(a: PartInfo, b: PartInfo): boolean {
  return (
    a.owner === b.owner &&
    placeOf(a) === placeOf(b) &&
    a.size === b.size &&
    a.to === b.to &&
    a.collect === b.collect &&
    a.bank === b.bank &&
    a.room === b.room
  );
}

function placeOf({ folders, name }: PartInfo): string {
  return [...(folders ?? []), name].join("/");
}
