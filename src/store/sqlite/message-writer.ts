/**
 * Writes messages into SQLite. A batch is one transaction, synced to disk once (`synchronous=FULL`): that is what
 * makes an acknowledgement true and cheap at the same time. It runs in a thread of its own, for a sync may take long.
 */
import type { Database } from "bun:sqlite";
import type { KeptMessage, KeptRoom } from "../../classroom/chat/message-store.ts";
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
  seen: ReadonlyMap<string, number>;
  newRooms: readonly KeptRoom[];
}

export function batchOf(
  messages: readonly KeptMessage[],
  tags: ReadonlyMap<string, number>,
  seen: ReadonlyMap<string, number>,
  newRooms: readonly KeptRoom[],
): WrittenBatch {
  return {
    ids: messages.map(({ id }) => id),
    rooms: messages.map(({ room }) => room),
    senders: messages.map(({ sender }) => sender),
    recipients: messages.map(({ recipient }) => recipient),
    texts: messages.map(({ text }) => text),
    timesMs: messages.map(({ timeMs }) => timeMs),
    tags,
    seen,
    newRooms,
  };
}

export class MessageWriter {
  readonly #write: (batch: WrittenBatch) => void;

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
    const addRoom = database.query<unknown, [number, string]>(
      "INSERT INTO rooms (number, name) VALUES (?, ?) ON CONFLICT DO NOTHING",
    );
    this.#write = database.transaction((batch: WrittenBatch) => {
      const { ids, rooms, senders, recipients, texts, timesMs } = batch;
      for (const { number, name } of batch.newRooms) addRoom.run(number, name);
      for (let i = 0; i < ids.length; i++) {
        const recipient = rooms[i] === 0 ? recipients[i]! : null;
        const key = recipient === null ? null : nameKey(recipient);
        add.run(ids[i]!, rooms[i]!, senders[i]!, recipient, key, texts[i]!, timesMs[i]!);
      }
      for (const [key, tag] of batch.tags) setTag.run(key, tag);
      for (const [key, id] of batch.seen) setSeen.run(key, id);
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
}
