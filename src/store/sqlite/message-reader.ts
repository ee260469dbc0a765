/** Reads messages from SQLite, beside the thread that writes them: what is committed is seen at once. */
import type { Database } from "bun:sqlite";
import type { KeptMessage, KeptRoom } from "../../classroom/chat/message-store.ts";

const columns = "id, room, sender, ifnull(recipient, '') AS recipient, text, time_ms AS timeMs";

/** Bytes of a text, which are told without reading it. */
const length = "octet_length(text) AS bytes";

interface Length {
  bytes: number;
}

export class MessageReader {
  readonly #lastId;
  readonly #person;
  readonly #inRoom;
  readonly #lengthsInRoom;
  readonly #toPerson;
  readonly #lengthsToPerson;
  readonly #rooms;
  readonly #read;
  readonly #countSince;

  /** @param database with the tables of `message-tables.ts` */
  constructor(database: Database) {
    this.#lastId = database.query<{ id: number }, []>(
      "SELECT max((SELECT last_id FROM progress), ifnull((SELECT max(id) FROM messages), 0)) AS id",
    );
    this.#person = database.query<{ lastTag: number; seen: number }, [string]>(
      "SELECT last_tag AS lastTag, seen FROM people WHERE name_key = ?",
    );
    const ofRoom = "FROM messages WHERE room = ? AND id > ? AND id < ? ORDER BY id DESC LIMIT ?";
    this.#inRoom = database.query<KeptMessage, [number, number, number, number]>(
      `SELECT ${columns} ${ofRoom}`,
    );
    this.#lengthsInRoom = database.query<Length, [number, number, number, number]>(
      `SELECT ${length} ${ofRoom}`,
    );
    const ofPerson = "FROM messages WHERE recipient_key = ? AND id > ? ORDER BY id LIMIT ?";
    this.#toPerson = database.query<KeptMessage, [string, number, number]>(`SELECT ${columns} ${ofPerson}`);
    this.#lengthsToPerson = database.query<Length, [string, number, number]>(`SELECT ${length} ${ofPerson}`);
    this.#read = database.query<{ id: number }, [string, number]>(
      "SELECT id FROM reads WHERE name_key = ? AND room = ?",
    );
    this.#countSince = database.query<{ count: number }, [number, number, number]>(
      "SELECT count(*) AS count FROM (SELECT 1 FROM messages WHERE room = ? AND id > ? LIMIT ?)",
    );
    this.#rooms = database.query<KeptRoom, []>("SELECT number, name FROM rooms ORDER BY number");
  }

  lastId(): number {
    return this.#lastId.get()?.id ?? 0;
  }

  lastTag(nameKey: string): number {
    return this.#person.get(nameKey)?.lastTag ?? 0;
  }

  seen(nameKey: string): number {
    return this.#person.get(nameKey)?.seen ?? 0;
  }

  inRoom(room: number, since: number, before: number, most: number, mostBytes: number): KeptMessage[] {
    const count = countWithin(this.#lengthsInRoom.all(room, since, before, most), mostBytes);
    return this.#inRoom.all(room, since, before, count).toReversed();
  }

  toPerson(nameKey: string, since: number, most: number, mostBytes: number): KeptMessage[] {
    const count = countWithin(this.#lengthsToPerson.all(nameKey, since, most), mostBytes);
    return this.#toPerson.all(nameKey, since, count);
  }

  read(nameKey: string, room: number): number | undefined {
    return this.#read.get(nameKey, room)?.id;
  }

  countSince(room: number, since: number, most: number): number {
    return this.#countSince.get(room, since, most)?.count ?? 0;
  }

  rooms(): KeptRoom[] {
    return this.#rooms.all();
  }
}

/** @returns how many from the front on are within the bound, one at least */
function countWithin(lengths: readonly Length[], mostBytes: number): number {
  let sum = 0;
  const over = lengths.findIndex(({ bytes }) => (sum += bytes) > mostBytes);
  return over < 0 ? lengths.length : Math.max(1, over);
}
