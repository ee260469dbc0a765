/**
 * The folder that holds all a server keeps:
 *
 *      DATA/pcs.sqlite            accounts
 *      DATA/messages.sqlite       messages of the rooms and private ones
 *      DATA/search.sqlite         an index of them, made anew where it is missing
 *      DATA/tls/                  who the server is
 *      DATA/server.lock           held by the one server that uses the folder
 *      DATA/files/NAME/FILE       what people uploaded
 *      DATA/collected/            what was asked of every student
 *      DATA/all_quiz_scores/      a CSV file a quiz
 *      DATA/quizzes/              quizzes that run, and past ones
 *      DATA/banks/                files of questions that teachers may start a quiz of from afar
 *      DATA/audit.log             who did what to whom
 *      DATA/faults.log            faults inside pcs, whole
 *      DATA/parts/                files that arrive in parts, until they are whole
 *      DATA/parts-finished.jsonl  those that are whole and kept, for who did not hear of it
 *      DATA/tmp/                  files that are arriving; emptied at the start
 */
import { Database } from "bun:sqlite";
import { accessSync, constants, existsSync, mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { ExpectedError, errorCode, reasonOf } from "../../lib/errors.ts";

/** How often a folder in use is looked for. */
const watchMs = 1_000;

export interface DataFolder {
  readonly path: string;
  readonly database: string;
  readonly messages: string;
  readonly searchIndex: string;
  readonly identity: string;
  readonly files: string;
  readonly scores: string;
  readonly quizzes: string;
  readonly banks: string;
  readonly collected: string;
  readonly audit: string;
  readonly faults: string;
  readonly temporary: string;
  readonly parts: string;
  /**
   * Tells once when somebody took the folder away while it is used: what is kept from then on is lost.
   * @returns a function that ends the watch
   */
  whenGone(tell: () => void): () => void;
  /** Lets another server use the folder. The lock lasts as long as somebody keeps this. */
  unlock(): void;
}

/**
 * Makes the folder where it is missing and takes its lock.
 * @throws ExpectedError with one sentence where it cannot be written or another server uses it
 */
export function openDataFolder(typed: string): DataFolder {
  const path = resolve(typed);
  const inside = (name: string) => join(path, name);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new ExpectedError(`the data folder ${path} cannot be written: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
  const unlock = lock(inside("server.lock"), path);
  try {
    rmSync(inside("tmp"), { recursive: true, force: true });
    for (const name of ["files", "tmp", "all_quiz_scores", "banks"])
      mkdirSync(inside(name), { recursive: true });
  } catch (error) {
    unlock();
    throw new ExpectedError(`the data folder ${path} cannot be written: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
  return {
    path,
    database: inside("pcs.sqlite"),
    messages: inside("messages.sqlite"),
    searchIndex: inside("search.sqlite"),
    identity: inside("tls"),
    files: inside("files"),
    scores: inside("all_quiz_scores"),
    quizzes: inside("quizzes"),
    banks: inside("banks"),
    collected: inside("collected"),
    audit: inside("audit.log"),
    faults: inside("faults.log"),
    temporary: inside("tmp"),
    parts: inside("parts"),
    whenGone: (tell) => watch(inside("server.lock"), tell),
    unlock,
  };
}

function watch(file: string, tell: () => void): () => void {
  const timer = setInterval(() => {
    if (existsSync(file)) return;
    clearInterval(timer);
    tell();
  }, watchMs);
  return () => clearInterval(timer);
}

/**
 * A lock that the system takes back when the process dies, however it dies: a SQLite file with a transaction that
 * is never ended. It works alike on every system, which `flock` does not.
 */
function lock(file: string, folder: string): () => void {
  try {
    const database = new Database(file, { create: true });
    try {
      database.run("PRAGMA busy_timeout = 0");
      database.run("BEGIN EXCLUSIVE");
    } catch (error) {
      database.close();
      throw error;
    }
    return () => database.close();
  } catch (error) {
    if (errorCode(error)?.startsWith("SQLITE_BUSY"))
      throw new ExpectedError(`another server is already using the data folder ${folder}.`, { cause: error });
    throw new ExpectedError(`the data folder ${folder} cannot be used: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
}
