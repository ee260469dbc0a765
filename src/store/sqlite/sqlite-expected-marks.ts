/** Marks in SQLite. They are read once: what is asked for at every report must not wait for a disk. */
import type { Database } from "bun:sqlite";
import type { ExpectedMark, ExpectedMarks } from "../../analyzer/anomaly/expected-marks.ts";
import { maxExpectedMarks } from "../../analyzer/anomaly/limits.ts";
import { ExpectedError, reasonOf } from "../../lib/errors.ts";

export const expectedMigrations: readonly string[] = [
  `CREATE TABLE expected (
     key TEXT PRIMARY KEY,
     text TEXT NOT NULL,
     since REAL NOT NULL
   ) STRICT`,
];

/** @throws an error of SQLite where the database does not hold what it should */
export function sqliteExpectedMarks(database: Database): ExpectedMarks {
  const all = database.query<ExpectedMark, [number]>(
    "SELECT key, text, since FROM expected ORDER BY rowid DESC LIMIT ?",
  );
  const add = database.query<unknown, [string, string, number]>(
    "INSERT INTO expected (key, text, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
  );
  const remove = database.query<unknown, [string]>("DELETE FROM expected WHERE key = ?");
  let marks = new Map<string, ExpectedMark>();
  /** Another pcs may have marked something meanwhile. */
  const change = (work: () => unknown): void => {
    try {
      work();
      readAll();
    } catch (error) {
      throw new ExpectedError(`the mark cannot be kept: ${reasonOf(error)}.`, { cause: error });
    }
  };
  const readAll = (): void => {
    marks = new Map(all.all(maxExpectedMarks).map((mark) => [mark.key, mark]));
  };
  readAll();
  return {
    list: () => [...marks.values()],
    has: (key) => marks.has(key),
    add({ key, text, since }) {
      if (marks.has(key)) return true;
      if (marks.size >= maxExpectedMarks) return false;
      change(() => add.run(key, text, since));
      return true;
    },
    remove: (key) => change(() => remove.run(key)),
    close: () => database.close(),
  };
}
