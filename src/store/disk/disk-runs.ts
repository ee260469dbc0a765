/**
 * Quizzes that run, on disk:
 *
 *      DATA/quizzes/NAME.run           the journal of a run that has not ended
 *      DATA/quizzes/done/NAME.run      of one that has
 *      DATA/quizzes/damaged/NAME.run   of one that could not be read, as it was
 *      DATA/all_quiz_scores/NAME.results.json, NAME.results.csv
 */
import { isUtf8 } from "node:buffer";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import type { LeftRun, RunJournal, RunStore } from "../../classroom/quiz/run/run-store.ts";
import { errorCode, ExpectedError, reasonOf } from "../../lib/errors.ts";
import { DiskJournal } from "./disk-journal.ts";
import { syncFolder } from "./sync-folder.ts";

/** Runs of one name, after which another has to be chosen. */
const maxSameName = 1_000;

export class DiskRuns implements RunStore {
  readonly #folder: string;
  readonly #results: string;

  /** @param results the folder of scores */
  constructor(folder: string, results: string) {
    this.#folder = folder;
    this.#results = results;
  }

  async begin(wish: string, head: string): Promise<RunJournal> {
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      for (let number = 1; number <= maxSameName; number++) {
        const name = number === 1 ? wish : `${wish}-${number}`;
        if (this.#isTaken(name) || !(await this.#make(name, head))) continue;
        return this.#journal(name, Buffer.byteLength(head));
      }
    } catch (error) {
      throw new ExpectedError(`the quiz cannot be kept in ${this.#folder}: ${reasonOf(error)}.`, {
        cause: error,
      });
    }
    throw new ExpectedError(`there are ${maxSameName} quizzes named '${wish}' already.`);
  }

  left(): LeftRun[] {
    if (!existsSync(this.#folder)) return [];
    return readdirSync(this.#folder)
      .filter((file) => file.endsWith(".run"))
      .map((file) => ({ file, changedMs: statSync(join(this.#folder, file)).mtimeMs }))
      .sort((a, b) => a.changedMs - b.changedMs)
      .map(({ file }) => {
        const bytes = readFileSync(join(this.#folder, file));
        const whole = bytes.subarray(0, bytes.lastIndexOf(10) + 1);
        return { journal: this.#journal(file.slice(0, -".run".length), whole.length), text: textOf(whole) };
      });
  }

  #journal(name: string, bytes: number): DiskJournal {
    return new DiskJournal({ path: join(this.#folder, `${name}.run`), results: this.#results }, bytes);
  }

  #isTaken(name: string): boolean {
    const paths = [
      join(this.#folder, "done", `${name}.run`),
      join(this.#folder, "damaged", `${name}.run`),
      join(this.#results, `${name}.results.json`),
      join(this.#results, `${name}.results.csv`),
    ];
    return paths.some((path) => existsSync(path));
  }

  /** @returns false where the name is taken */
  async #make(name: string, head: string): Promise<boolean> {
    try {
      const handle = await open(join(this.#folder, `${name}.run`), "wx", 0o600);
      try {
        await handle.writeFile(head);
        await handle.sync();
      } catch (error) {
        rmSync(join(this.#folder, `${name}.run`), { force: true });
        throw error;
      } finally {
        await handle.close();
      }
    } catch (error) {
      if (errorCode(error) === "EEXIST") return false;
      throw error;
    }
    await syncFolder(this.#folder);
    return true;
  }
}

function textOf(bytes: Buffer): string {
  const text = bytes.toString();
  if (isUtf8(bytes)) return text;
  return text
    .split("\n")
    .map((line) => (line.includes("\ufffd") ? "" : line))
    .join("\n");
}
