/**
 * Words of files that came whole and were kept, for a sender who did not hear of it: the connection broke, or the
 * server ended, between the file's last rename and the sentence about it. A line each, synced before the rename:
 *
 *      {"word":"Zk3Vb8nD…","info":{…},"sha256":"b94d…","atMs":1764081584123}
 *      {"word":"Zk3Vb8nD…"}                                                    it could not be kept after all
 */
import { readFileSync } from "node:fs";
import { open } from "node:fs/promises";
import type { PartInfo } from "../../classroom/files/part-store.ts";
import { writeWhole } from "./write-whole.ts";

/** Files that are remembered; the oldest are forgotten. */
export const maxFinishedParts = 10_000;

interface Finished {
  info: PartInfo;
  sha256: string;
  atMs: number;
}

/** As it may stand in the file. */
type Line = Record<string, unknown> & { info?: PartInfo };

export class FinishedParts {
  readonly #path: string;
  readonly #now: () => number;
  /** The oldest first. */
  readonly #byWord = new Map<string, Finished>();
  /** In the file; undefined before this server has written it. */
  #lines: number | undefined;
  #turn: Promise<void> = Promise.resolve();

  /** @param oldestMs what was kept before is forgotten */
  constructor(path: string, oldestMs: number, now: () => number) {
    this.#path = path;
    this.#now = now;
    for (const line of linesOf(path)) this.#take(line, oldestMs);
  }

  find(word: string): { info: PartInfo; sha256: string } | undefined {
    return this.#byWord.get(word);
  }

  /** Resolves when it is on disk. Where it cannot be written it is remembered until the server ends. */
  add(word: string, info: PartInfo, sha256: string): Promise<void> {
    const finished = { info, sha256, atMs: this.#now() };
    this.#byWord.set(word, finished);
    for (const oldest of this.#byWord.keys()) {
      if (this.#byWord.size <= maxFinishedParts) break;
      this.#byWord.delete(oldest);
    }
    return this.#append({ word, ...finished });
  }

  /** It was not kept after all. */
  async remove(word: string): Promise<void> {
    if (this.#byWord.delete(word)) await this.#append({ word });
  }

  /** Never rejects, for the next waits for it. */
  #append(line: object): Promise<void> {
    this.#turn = this.#turn.then(() => this.#write(`${JSON.stringify(line)}\n`)).catch(() => undefined);
    return this.#turn;
  }

  async #write(line: string): Promise<void> {
    if (this.#lines === undefined || this.#lines > 2 * maxFinishedParts) return this.#writeAnew();
    const file = await open(this.#path, "a", 0o600);
    try {
      await file.appendFile(line);
      await file.datasync();
    } finally {
      await file.close();
    }
    this.#lines++;
  }

  /** All that is remembered, without what was forgotten. */
  async #writeAnew(): Promise<void> {
    const lines = Array.from(
      this.#byWord,
      ([word, finished]) => `${JSON.stringify({ word, ...finished })}\n`,
    );
    await writeWhole(this.#path, lines.join(""));
    this.#lines = lines.length;
  }

  #take({ word, info, sha256, atMs }: Line, oldestMs: number): void {
    if (typeof word !== "string") return;
    if (typeof sha256 === "string" && info !== undefined && typeof atMs === "number" && atMs >= oldestMs)
      this.#byWord.set(word, { info, sha256, atMs });
    else this.#byWord.delete(word);
  }
}

/** What can be read of it: a server that was killed leaves half a line. */
function linesOf(path: string): Line[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return [];
  }
  return text.split("\n").flatMap((line) => {
    try {
      return [(JSON.parse(line) ?? {}) as Line];
    } catch {
      return [];
    }
  });
}
