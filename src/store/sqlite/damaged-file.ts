/** A damaged database is told, kept aside as it is, and never written over. */
import type { Database } from "bun:sqlite";
import { existsSync, renameSync } from "node:fs";
import { errorCode } from "../../lib/errors.ts";

/** Damaged files that are kept of one name. */
export const maxDamagedFiles = 10;

/** The database is one, but does not hold what it should. */
export class Damage extends Error {}

/** Reads all of it. @throws Damage where something is wrong */
export function checkDatabase(database: Database): void {
  const row = database.query<{ quick_check: string }, []>("PRAGMA quick_check(1)").get();
  if (row?.quick_check !== "ok") throw new Damage(row?.quick_check);
}

/** @param error of opening, reading or checking a database */
export function isDamage(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return [error, cause].some(
    (each) => each instanceof Damage || /^SQLITE_(NOTADB|CORRUPT)/.test(errorCode(each) ?? ""),
  );
}

/** Renames it, with what SQLite has beside it. @returns its name now; undefined where too many are kept already */
export function putAside(path: string): string | undefined {
  for (let i = 1; i <= maxDamagedFiles; i++) {
    const aside = `${path}.damaged-${i}`;
    if (existsSync(aside)) continue;
    renameSync(path, aside);
    for (const end of ["-wal", "-shm"]) if (existsSync(path + end)) renameSync(path + end, aside + end);
    return aside;
  }
  return undefined;
}
