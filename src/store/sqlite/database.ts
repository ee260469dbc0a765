/** SQLite files: how one is opened, and which tables the server's has. */
import { Database } from "bun:sqlite";
import { ExpectedError, reasonOf } from "../../lib/errors.ts";

/** Each entry brings a database from its place in the list to the next; `user_version` counts those done. */
const serverMigrations: readonly string[] = [
  `CREATE TABLE accounts (
     name_key TEXT PRIMARY KEY,
     name TEXT NOT NULL,
     password_hash TEXT NOT NULL,
     created_at_ms INTEGER NOT NULL
   ) STRICT`,
  // A room's messages lie beside each other, in the order of their ids.
  `CREATE TABLE rooms (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
   CREATE TABLE messages (
     room INTEGER NOT NULL,
     id INTEGER NOT NULL,
     sender TEXT NOT NULL,
     text TEXT NOT NULL,
     time_ms INTEGER NOT NULL,
     PRIMARY KEY (room, id)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE private_messages (
     id INTEGER PRIMARY KEY,
     recipient_key TEXT NOT NULL,
     recipient TEXT NOT NULL,
     sender TEXT NOT NULL,
     text TEXT NOT NULL,
     time_ms INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX private_by_recipient ON private_messages (recipient_key, id);
   CREATE TABLE people (
     name_key TEXT PRIMARY KEY,
     last_tag INTEGER NOT NULL DEFAULT 0,
     seen INTEGER NOT NULL DEFAULT 0
   ) STRICT;
   CREATE TABLE tokens (
     hash TEXT PRIMARY KEY,
     name_key TEXT NOT NULL,
     used_at_ms INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX tokens_by_name ON tokens (name_key, used_at_ms)`,
  `ALTER TABLE accounts ADD COLUMN role TEXT NOT NULL DEFAULT 'student';
   ALTER TABLE accounts ADD COLUMN group_name TEXT NOT NULL DEFAULT '';
   ALTER TABLE accounts ADD COLUMN is_disabled INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE accounts ADD COLUMN is_one_time INTEGER NOT NULL DEFAULT 0;
   CREATE TABLE bans (
     name_key TEXT PRIMARY KEY,
     name TEXT NOT NULL,
     until_ms INTEGER,
     by_name TEXT NOT NULL,
     reason TEXT NOT NULL
   ) STRICT;
   CREATE TABLE teacher_codes (
     hash TEXT PRIMARY KEY,
     expires_at_ms INTEGER NOT NULL,
     is_used INTEGER NOT NULL DEFAULT 0
   ) STRICT`,
  `CREATE TABLE mutes (name_key TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT;
   CREATE TABLE switches (name TEXT PRIMARY KEY) STRICT`,
];

/**
 * Opens a database, made or brought up to date where needed.
 * @param migrations what makes its tables: the server's unless told
 * @throws ExpectedError with one sentence where the file is damaged, or of a newer pcs
 */
export function openDatabase(path: string, migrations = serverMigrations): Database {
  let database: Database | undefined;
  try {
    database = new Database(path, { create: true, strict: true });
    database.run("PRAGMA busy_timeout = 5000");
    database.run("PRAGMA journal_mode = WAL");
    database.run("PRAGMA synchronous = FULL");
    migrate(database, path, migrations);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof ExpectedError) throw error;
    throw new ExpectedError(`the database ${path} cannot be used: ${reasonOf(error)}.`, { cause: error });
  }
}

function migrate(database: Database, path: string, migrations: readonly string[]): void {
  const row = database.query<{ user_version: number }, []>("PRAGMA user_version").get();
  const done = row?.user_version ?? 0;
  if (done > migrations.length) throw new ExpectedError(`the database ${path} was made by a newer pcs.`);
  if (done === migrations.length) return;
  database.transaction(() => {
    for (const statement of migrations.slice(done)) database.run(statement);
    database.run(`PRAGMA user_version = ${migrations.length}`);
  })();
}
