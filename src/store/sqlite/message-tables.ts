/**
 * The tables of the messages, in a file of their own: another thread writes it (`message-writer.ts`), and accounts
 * are there even where it is damaged.
 */
export const messageMigrations: readonly string[] = [
  `CREATE TABLE rooms (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
   CREATE TABLE messages (
     id INTEGER PRIMARY KEY,
     room INTEGER NOT NULL,
     sender TEXT NOT NULL,
     recipient TEXT,
     recipient_key TEXT,
     text TEXT NOT NULL,
     time_ms INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX messages_by_room ON messages (room, id);
   CREATE INDEX messages_by_recipient ON messages (recipient_key, id) WHERE recipient_key IS NOT NULL;
   CREATE TABLE people (
     name_key TEXT PRIMARY KEY,
     last_tag INTEGER NOT NULL DEFAULT 0,
     seen INTEGER NOT NULL DEFAULT 0
   ) STRICT;
   CREATE TABLE reads (
     name_key TEXT NOT NULL,
     room INTEGER NOT NULL,
     id INTEGER NOT NULL,
     PRIMARY KEY (name_key, room)
   ) STRICT, WITHOUT ROWID;
   -- Ids go upward for ever, also when all messages are gone.
   CREATE TABLE progress (last_id INTEGER NOT NULL) STRICT;
   INSERT INTO progress VALUES (0)`,
  // Tells this file from another one in its place: what was indexed of that is not of this.
  `CREATE TABLE birth (name TEXT NOT NULL) STRICT;
   INSERT INTO birth VALUES (hex(randomblob(8)))`,
];
