/**
 * A file that nobody else can open and that leaves nothing behind: its folder is private, and both lose their
 * names as soon as it is open, or as soon as whatever needs the name has opened it too. Where an open file must keep its name it is removed when it is closed, or else by
 * the next run that finds its process gone.
 */
import { mkdtempSync, openSync, readdirSync, rmSync, rmdirSync, unlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { errorCode } from "../../lib/errors.ts";

export interface PrivateFile {
  /** Open for reading and writing, and empty. */
  file: number;
  /** The folder that it was made in. */
  parent: string;
  /** Removes what still has a name; to be called once the file is closed. */
  remove: () => void;
}

/** One that keeps its name until it is removed. */
export interface NamedFile extends PrivateFile {
  path: string;
}

/** Followed by the number of the process, and what mkdtemp adds. */
const prefix = "pcs-packets-";

/**
 * Makes one in the first of `parents` that lets it be made.
 * @throws the last error of the system where none does
 */
export function openPrivateFile(parents: readonly string[], pid = process.pid): PrivateFile {
  const { file, parent, path, remove } = openNamedFile(parents, pid);
  try {
    unlinkSync(path);
    rmdirSync(dirname(path));
  } catch {
    return { file, parent, remove };
  }
  return { file, parent, remove: () => {} };
}

/** The same, but with a name, for what has to be opened by it. @throws as `openPrivateFile` */
export function openNamedFile(parents: readonly string[], pid = process.pid): NamedFile {
  let problem: unknown = new Error("there is no folder for it");
  for (const parent of parents) {
    removeLeftovers(parent);
    try {
      return openIn(parent, pid);
    } catch (error) {
      problem = error;
    }
  }
  throw problem;
}

function openIn(parent: string, pid: number): NamedFile {
  const folder = mkdtempSync(join(parent, `${prefix}${pid}-`));
  try {
    const path = join(folder, "packets");
    const file = openSync(path, "wx+", 0o600);
    return { file, parent, path, remove: () => rmSync(folder, { recursive: true, force: true }) };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Removes what runs that were killed have left in `parent`. */
function removeLeftovers(parent: string): void {
  try {
    for (const name of readdirSync(parent)) {
      const pid = new RegExp(`^${prefix}([1-9]\\d*)-`).exec(name)?.[1];
      if (pid !== undefined && !isRunning(Number(pid)))
        rmSync(join(parent, name), { recursive: true, force: true });
    }
  } catch {
    // Those of others are theirs to remove.
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== "ESRCH";
  }
}
