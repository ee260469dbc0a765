/**
 * The index of messages for full-text search (SQLite FTS5), in a file of its own that can be made anew from the
 * messages at any time. A row has the id of a message, its words, and as a second column who may find it:
 *
 *      scope    r12              a message in the room with this number
 *               p616e6e p626f62  a private one: the keys of both names, in hexadecimal
 *
 * so that a search of one room does not go through what is found in all others. The text itself is not in it.
 */
import type { Database } from "bun:sqlite";
import { existsSync, rmSync } from "node:fs";
import { nameKey } from "../../classroom/accounts/person-name.ts";
import type { SearchQuery, SearchResult } from "../../classroom/chat/message-search.ts";
import { excerptOf } from "../../classroom/chat/search-terms.ts";
import type { KeptMessage } from "../../classroom/chat/message-store.ts";
import { isDamage } from "./damaged-file.ts";
import { openDatabase } from "./database.ts";
import { messageMigrations } from "./message-tables.ts";

/** Messages, and characters of them, that are indexed or forgotten at once. */
const maxIndexedAtOnce = 500;
const maxIndexedCharacters = 1 << 20;

const indexMigrations: readonly string[] = [
  `CREATE VIRTUAL TABLE found USING fts5(
     scope, words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2");
   CREATE TABLE progress (birth TEXT NOT NULL, indexed_id INTEGER NOT NULL) STRICT`,
];

export class SearchIndex {
  readonly #messages: Database;
  readonly #index: Database;
  readonly #slice: () => boolean;

  /** @throws ExpectedError with one sentence where a file cannot be used */
  constructor(messagesPath: string, indexPath: string) {
    this.#messages = openDatabase(messagesPath, messageMigrations);
    const birth = this.#messages.query<{ name: string }, []>("SELECT name FROM birth").get()!.name;
    try {
      this.#index = openIndex(indexPath, birth);
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.#index = openIndex(indexPath, birth, true);
    }
    this.#slice = this.#index.transaction(() => this.#followSome()).immediate;
  }

  /** Takes up some of what is new, and forgets some of what is gone. @returns whether there is more */
  follow(): boolean {
    return this.#slice();
  }

  search({ terms, rooms, nameKey: key, before, most, excerptCharacters }: SearchQuery): SearchResult {
    const scopes = rooms.map((room) => `"r${room}"`);
    if (key !== undefined) scopes.push(`"${personScope(key)}"`);
    const words = terms.map(({ text, isPrefix }) => `"${text.replaceAll('"', '""')}"${isPrefix ? "*" : ""}`);
    const match = `words : (${words.join(" AND ")}) AND scope : (${scopes.join(" OR ")})`;
    const ids =
      scopes.length === 0
        ? []
        : this.#index
            .query<{ id: number }, [string, number, number]>(
              "SELECT rowid AS id FROM found WHERE found MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?",
            )
            .all(match, before, most + 1);
    const found: KeptMessage[] = [];
    for (const { id } of ids.slice(0, most)) {
      const message = this.#message(id);
      // What is gone may be in the index for a while.
      if (message !== null && mayFind(message, rooms, key))
        found.push({ ...message, text: excerptOf(message.text, terms, excerptCharacters) });
    }
    return { found, isMore: ids.length > most, isBehind: this.#indexedId < this.#lastId };
  }

  close(): void {
    this.#index.close();
    this.#messages.close();
  }

  get #indexedId(): number {
    return this.#index.query<{ id: number }, []>("SELECT indexed_id AS id FROM progress").get()?.id ?? 0;
  }

  get #lastId(): number {
    return (
      this.#messages.query<{ id: number | null }, []>("SELECT max(id) AS id FROM messages").get()?.id ?? 0
    );
  }

  #message(id: number): KeptMessage | null {
    return this.#messages
      .query<KeptMessage, [number]>(
        `SELECT id, room, sender, ifnull(recipient, '') AS recipient, text, time_ms AS timeMs
         FROM messages WHERE id = ?`,
      )
      .get(id);
  }

  #followSome(): boolean {
    const add = this.#index.query<unknown, [number, string, string]>(
      "INSERT INTO found (rowid, scope, words) VALUES (?, ?, ?)",
    );
    const news = this.#messages
      .query<KeptMessage, [number, number]>(
        `SELECT id, room, sender, ifnull(recipient, '') AS recipient, text, time_ms AS timeMs
         FROM messages WHERE id > ? ORDER BY id LIMIT ?`,
      )
      .iterate(this.#indexedId, maxIndexedAtOnce);
    let [count, characters, last] = [0, 0, 0];
    for (const message of news) {
      add.run(message.id, scopeOf(message), message.text);
      count++;
      characters += message.text.length;
      last = message.id;
      if (characters > maxIndexedCharacters) break;
    }
    if (count > 0) this.#index.run("UPDATE progress SET indexed_id = ?", [last]);
    const isMore = count === maxIndexedAtOnce || characters > maxIndexedCharacters;
    return this.#forgetSome() || isMore;
  }

  #forgetSome(): boolean {
    const first = this.#messages
      .query<{ id: number | null }, []>("SELECT min(id) AS id FROM messages")
      .get()?.id;
    const { changes } = this.#index.run(
      "DELETE FROM found WHERE rowid IN (SELECT id FROM found_docsize WHERE id < ? ORDER BY id LIMIT ?)",
      [first ?? Number.MAX_SAFE_INTEGER, maxIndexedAtOnce],
    );
    return changes >= maxIndexedAtOnce;
  }
}

/** @param anew whether what is there is thrown away: it can all be read again */
function openIndex(path: string, birth: string, anew = false): Database {
  if (anew) for (const end of ["", "-wal", "-shm"]) rmSync(path + end, { force: true });
  const isThere = existsSync(path);
  const index = openDatabase(path, indexMigrations);
  try {
    // What a sudden end of the machine loses is indexed again.
    index.run("PRAGMA synchronous = NORMAL");
    const of = index.query<{ birth: string }, []>("SELECT birth FROM progress").get()?.birth;
    if (of === birth) return index;
    if (!isThere || of === undefined) {
      index.run("INSERT INTO progress VALUES (?, 0)", [birth]);
      return index;
    }
  } catch (error) {
    index.close();
    throw error;
  }
  index.close();
  return openIndex(path, birth, true);
}

function scopeOf({ room, sender, recipient }: KeptMessage): string {
  if (room !== 0) return `r${room}`;
  return `${personScope(nameKey(sender))} ${personScope(nameKey(recipient))}`;
}

function personScope(key: string): string {
  return `p${Buffer.from(key).toString("hex")}`;
}

function mayFind(
  { room, sender, recipient }: KeptMessage,
  rooms: readonly number[],
  key: string | undefined,
): boolean {
  if (room !== 0) return rooms.includes(room);
  return key !== undefined && (nameKey(sender) === key || nameKey(recipient) === key);
}
