/**
 * Messages in SQLite. A batch is one transaction, synced to disk once (`synchronous=FULL`): that is what makes an
 * acknowledgement true and cheap at the same time.
 */
import type { Database } from "bun:sqlite";
import { nameKey } from "../../classroom/accounts/person-name.ts";
import type { KeptMessage, KeptRoom, MessageStore } from "../../classroom/chat/message-store.ts";
import { ExpectedError, reasonOf } from "../../lib/errors.ts";

export function sqliteMessages(database: Database): MessageStore {
  const lastId = database.query<{ id: number | null }, []>(
    `SELECT max(id) AS id FROM (
       SELECT (SELECT max(id) FROM messages WHERE room = rooms.number) AS id FROM rooms
       UNION ALL SELECT max(id) FROM private_messages)`,
  );
  const addMessage = database.query<unknown, [number, number, string, string, number]>(
    "INSERT INTO messages (room, id, sender, text, time_ms) VALUES (?, ?, ?, ?, ?)",
  );
  const addPrivate = database.query<unknown, [string, number, string, string, string, number]>(
    "INSERT INTO private_messages (recipient_key, id, sender, recipient, text, time_ms) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const setTag = database.query<unknown, [string, number]>(
    `INSERT INTO people (name_key, last_tag) VALUES (?, ?)
     ON CONFLICT DO UPDATE SET last_tag = max(last_tag, excluded.last_tag)`,
  );
  const setSeen = database.query<unknown, [string, number]>(
    `INSERT INTO people (name_key, seen) VALUES (?, ?)
     ON CONFLICT DO UPDATE SET seen = max(seen, excluded.seen)`,
  );
  const person = database.query<{ lastTag: number; seen: number }, [string]>(
    "SELECT last_tag AS lastTag, seen FROM people WHERE name_key = ?",
  );
  const inRoom = database.query<KeptMessage, [number, number, number, number]>(
    `SELECT id, room, sender, '' AS recipient, text, time_ms AS timeMs FROM messages
     WHERE room = ? AND id > ? AND id < ? ORDER BY id DESC LIMIT ?`,
  );
  const toPerson = database.query<KeptMessage, [string, number, number]>(
    `SELECT id, 0 AS room, sender, recipient, text, time_ms AS timeMs FROM private_messages
     WHERE recipient_key = ? AND id > ? ORDER BY id LIMIT ?`,
  );
  const rooms = database.query<KeptRoom, []>("SELECT number, name FROM rooms ORDER BY number");
  const addRoom = database.query<unknown, [number, string]>("INSERT INTO rooms (number, name) VALUES (?, ?)");
  const append = database.transaction(
    (messages: readonly KeptMessage[], tags: ReadonlyMap<string, number>) => {
      for (const { id, room, sender, recipient, text, timeMs } of messages)
        if (room !== 0) addMessage.run(room, id, sender, text, timeMs);
        else addPrivate.run(nameKey(recipient), id, sender, recipient, text, timeMs);
      for (const [key, tag] of tags) setTag.run(key, tag);
    },
  );
  return {
    lastId: () => lastId.get()?.id ?? 0,
    append: (messages, tags) => orSay("messages cannot be kept", () => append.immediate(messages, tags)),
    lastTag: (key) => person.get(key)?.lastTag ?? 0,
    inRoom: (room, since, before, most) => inRoom.all(room, since, before, most).toReversed(),
    toPerson: (key, since, most) => toPerson.all(key, since, most),
    seen: (key) => person.get(key)?.seen ?? 0,
    setSeen: (key, id) => orSay("what was seen cannot be kept", () => setSeen.run(key, id)),
    rooms: () => rooms.all(),
    addRoom: ({ number, name }) => orSay("the room cannot be kept", () => addRoom.run(number, name)),
  };
}

function orSay(sentence: string, work: () => unknown): void {
  try {
    work();
  } catch (error) {
    throw new ExpectedError(`${sentence}: ${reasonOf(error)}.`, { cause: error });
  }
}
