/**
 * The file of the messages. A damaged one is told, put aside and not written over, and the class goes on without the
 * old messages; what an older pcs kept among the accounts is moved here.
 */
import type { Database } from "bun:sqlite";
import { existsSync, statSync } from "node:fs";
import type { MessageStore } from "../../classroom/chat/message-store.ts";
import { ExpectedError } from "../../lib/errors.ts";
import { checkDatabase, isDamage, maxDamagedFiles, putAside } from "./damaged-file.ts";
import { openDatabase } from "./database.ts";
import { messageMigrations } from "./message-tables.ts";
import { ThreadedMessages } from "./threaded-messages.ts";

/** A larger file is not read whole at the start: what is wrong with it is told when it is met. */
const maxCheckedBytes = 256 << 20;

export interface OpenedMessages {
  store: MessageStore;
  /** What went wrong, as a sentence. */
  problem: string | undefined;
}

/**
 * @param accounts the database of the accounts
 * @param tell told later, in a sentence, what cannot be read
 * @throws ExpectedError with one sentence where there can be none
 */
export function openMessages(
  path: string,
  accounts: Database,
  tell: (problem: string) => void,
): OpenedMessages {
  const { database, problem } = openSound(path);
  moveOldMessages(database, accounts);
  return { store: new ThreadedMessages(path, database, tell), problem };
}

function openSound(path: string): { database: Database; problem: string | undefined } {
  try {
    return { database: openChecked(path), problem: undefined };
  } catch (error) {
    if (!isDamage(error)) throw error;
    const aside = putAside(path);
    if (aside === undefined)
      throw new ExpectedError(`${path} is damaged, and so are ${maxDamagedFiles} before it.`, {
        cause: error,
      });
    const problem = `${path} is damaged: it is kept as ${aside}, and the messages in it are not shown any more.`;
    return { database: openChecked(path), problem };
  }
}

function openChecked(path: string): Database {
  const isSmall = existsSync(path) && statSync(path).size <= maxCheckedBytes;
  const database = openDatabase(path, messageMigrations);
  try {
    if (isSmall) checkDatabase(database);
    database.query("SELECT last_id FROM progress").get();
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** All at once, or at the next start. */
function moveOldMessages(database: Database, accounts: Database): void {
  const isOld = accounts.query("SELECT 1 FROM rooms LIMIT 1").get() !== null;
  if (!isOld) return;
  if (database.query("SELECT 1 FROM rooms LIMIT 1").get() === null) {
    database.run("ATTACH ? AS old", [accounts.filename]);
    database.transaction(() => {
      database.run("INSERT INTO rooms SELECT number, name FROM old.rooms");
      database.run(
        "INSERT INTO messages SELECT id, room, sender, NULL, NULL, text, time_ms FROM old.messages",
      );
      database.run(
        `INSERT INTO messages
         SELECT id, 0, sender, recipient, recipient_key, text, time_ms FROM old.private_messages`,
      );
      database.run("INSERT INTO people SELECT name_key, last_tag, seen FROM old.people");
    })();
    database.run("DETACH old");
  }
  accounts.transaction(() => {
    for (const table of ["rooms", "messages", "private_messages", "people"])
      accounts.run(`DELETE FROM ${table}`);
  })();
}
