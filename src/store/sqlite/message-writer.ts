/**
 * Writes messages into SQLite. A batch is one transaction, synced to disk once (`synchronous=FULL`): that is what
 * makes an acknowledgement true and cheap at the same time. It runs in a thread of its own, for a sync may take long.
 */
import type { Database } from "bun:sqlite";
import type { KeptMessage, KeptRoom, PruneBounds, PruneSlice } from "../../classroom/chat/message-store.ts";
import { nameKey } from "../../classroom/accounts/person-name.ts";
import { ExpectedError, reasonOf } from "../../lib/errors.ts";

/** What is written at once. Messages are columns: between threads they are a third as dear as objects. */
export interface WrittenBatch {
  ids: readonly number[];
  rooms: readonly number[];
  senders: readonly string[];
  recipients: readonly string[];
  texts: readonly string[];
  timesMs: readonly number[];
  /** By the key of a name. */
  tags: ReadonlyMap<string, number>;
  marks: WrittenMarks;
}

/** What is written together with messages, and waits for them a while. */
export interface WrittenMarks {
  /** Ids of private messages, by the key of a name. */
  seen: ReadonlyMap<string, number>;
  /** Ids by the key of a name and the number of a room. */
  reads: readonly (readonly [nameKey: string, room: number, id: number])[];
  newRooms: readonly KeptRoom[];
}

export function batchOf(
  messages: readonly KeptMessage[],
  tags: ReadonlyMap<string, number>,
  marks: WrittenMarks,
): WrittenBatch {
  return {
    ids: messages.map(({ id }) => id),
    rooms: messages.map(({ room }) => room),
    senders: messages.map(({ sender }) => sender),
    recipients: messages.map(({ recipient }) => recipient),
    texts: messages.map(({ text }) => text),
    timesMs: messages.map(({ timeMs }) => timeMs),
    tags,
    marks,
  };
}

export class MessageWriter {
  readonly #write: (batch: WrittenBatch) => void;
  readonly #prune: (bounds: PruneBounds) => PruneSlice;

  /** @param database with the tables of `message-tables.ts` */
  constructor(database: Database) {
    const add = database.query<
      unknown,
      [number, number, string, string | null, string | null, string, number]
    >(
      `INSERT INTO messages (id, room, sender, recipient, recipient_key, text, time_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    const setTag = database.query<unknown, [string, number]>(
      `INSERT INTO people (name_key, last_tag) VALUES (?, ?)
       ON CONFLICT DO UPDATE SET last_tag = max(last_tag, excluded.last_tag)`,
    );
    const setSeen = database.query<unknown, [string, number]>(
      `INSERT INTO people (name_key, seen) VALUES (?, ?)
       ON CONFLICT DO UPDATE SET seen = max(seen, excluded.seen)`,
    );
    const setRead = database.query<unknown, [string, number, number]>(
      `INSERT INTO reads (name_key, room, id) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET id = max(id, excluded.id)`,
    );
    const addRoom = database.query<unknown, [number, string]>(
      "INSERT INTO rooms (number, name) VALUES (?, ?) ON CONFLICT DO NOTHING",
    );
    this.#write = database.transaction((batch: WrittenBatch) => {
      const { ids, rooms, senders, recipients, texts, timesMs } = batch;
      for (const { number, name } of batch.marks.newRooms) addRoom.run(number, name);
      for (let i = 0; i < ids.length; i++) {
        const recipient = rooms[i] === 0 ? recipients[i]! : null;
        const key = recipient === null ? null : nameKey(recipient);
        add.run(ids[i]!, rooms[i]!, senders[i]!, recipient, key, texts[i]!, timesMs[i]!);
      }
      for (const [key, tag] of batch.tags) setTag.run(key, tag);
      for (const [key, id] of batch.marks.seen) setSeen.run(key, id);
      for (const [key, room, id] of batch.marks.reads) setRead.run(key, room, id);
    }).immediate;
    const pages = database.query<{ used: number }, []>(
      `SELECT (page_count - freelist_count) * page_size AS used
       FROM pragma_page_count, pragma_freelist_count, pragma_page_size`,
    );
    const noteLast = database.query<unknown, []>(
      "UPDATE progress SET last_id = max(last_id, ifnull((SELECT max(id) FROM messages), 0))",
    );
    const removeOldest = database.query<unknown, [number, number]>(
      "DELETE FROM messages WHERE id IN (SELECT id FROM messages ORDER BY id LIMIT ?) AND time_ms < ?",
    );
    this.#prune = database.transaction(({ olderThanMs, maxBytes, most }: PruneBounds): PruneSlice => {
      const isTooMuch = maxBytes !== undefined && (pages.get()?.used ?? 0) > maxBytes;
      if (!isTooMuch && olderThanMs === undefined) return { removed: 0, isMore: false };
      noteLast.run();
      const before = isTooMuch ? Number.MAX_SAFE_INTEGER : olderThanMs!;
      const removed = removeOldest.run(most, before).changes;
      return { removed, isMore: removed === most };
    }).immediate;
  }

  /**
   * Writes all of it or nothing; it is on disk when this returns.
   * @throws ExpectedError with one sentence where it cannot be written
   */
  write(batch: WrittenBatch): void {
    try {
      this.#write(batch);
    } catch (error) {
      throw new ExpectedError(`messages cannot be kept: ${reasonOf(error)}.`, { cause: error });
    }
  }

  /** As `MessageStore.prune`. @throws ExpectedError with one sentence where nothing can be written */
  prune(bounds: PruneBounds): PruneSlice {
    try {
      return this.#prune(bounds);
    } catch (error) {
      throw new ExpectedError(`old messages cannot be removed: ${reasonOf(error)}.`, { cause: error });
    }
  }
}
