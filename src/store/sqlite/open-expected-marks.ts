/**
 * The file of what was marked as expected. Nothing that is wrong with it keeps the dashboard from starting: a
 * damaged one is put aside, and where there can be none the marks last as long as the run.
 */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { ExpectedMarks } from "../../analyzer/anomaly/expected-marks.ts";
import { ExpectedError, reasonOf } from "../../lib/errors.ts";
import { memoryExpectedMarks } from "../memory/memory-expected-marks.ts";
import { checkDatabase, Damage, isDamage, maxDamagedFiles, putAside } from "./damaged-file.ts";
import { openDatabase } from "./database.ts";
import { expectedMigrations, sqliteExpectedMarks } from "./sqlite-expected-marks.ts";

export interface OpenedMarks {
  marks: ExpectedMarks;
  /** What went wrong, as a sentence. */
  problem: string | undefined;
}

/** Opens it in `folder`; both are made when something is marked for the first time. Never throws. */
export function openExpectedMarks(folder: string): OpenedMarks {
  const path = join(folder, "expected.sqlite");
  if (!existsSync(path)) return { marks: unmade(folder, path), problem: undefined };
  try {
    return { marks: openAt(path), problem: undefined };
  } catch (error) {
    return isDamage(error) ? startAnew(path) : inMemory(asReason(error));
  }
}

/** No marks so far, and no file. */
function unmade(folder: string, path: string): ExpectedMarks {
  let made: ExpectedMarks | undefined;
  const make = (): ExpectedMarks => {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return openAt(path);
    } catch (error) {
      throw new ExpectedError(`the mark cannot be kept in ${folder}: ${asReason(error)}.`, { cause: error });
    }
  };
  return {
    list: () => made?.list() ?? [],
    has: (key) => made?.has(key) ?? false,
    add(mark) {
      made ??= make();
      return made.add(mark);
    },
    remove: (key) => made?.remove(key),
    close: () => made?.close(),
  };
}

/** Also of what is a sentence already. */
function asReason(error: unknown): string {
  return reasonOf(error).replace(/\.$/, "");
}

function openAt(path: string): ExpectedMarks {
  const database = openDatabase(path, expectedMigrations);
  try {
    checkDatabase(database);
    return sqliteExpectedMarks(database);
  } catch (error) {
    database.close();
    throw new Damage(reasonOf(error));
  }
}

function startAnew(path: string): OpenedMarks {
  try {
    const aside = putAside(path);
    if (aside === undefined) return inMemory(`${path} is damaged, and so are ${maxDamagedFiles} before it`);
    const problem = `${path} is damaged: it is kept as ${aside}, and what was marked as expected is raised again.`;
    return { marks: openAt(path), problem };
  } catch (error) {
    return inMemory(`${path} is damaged, and cannot be put aside: ${reasonOf(error)}`);
  }
}

function inMemory(reason: string): OpenedMarks {
  const problem = `What is marked as expected lasts only as long as this run: ${reason}.`;
  return { marks: memoryExpectedMarks(), problem };
}
