/** Session tokens in SQLite. */
import type { Database } from "bun:sqlite";
import type { TokenStore } from "../../classroom/accounts/token-store.ts";
import { keepOrTell } from "./keep-or-tell.ts";

export function sqliteTokens(database: Database): TokenStore {
  const add = database.query<unknown, [string, string, number]>(
    "INSERT INTO tokens (hash, name_key, used_at_ms) VALUES (?, ?, ?)",
  );
  const trim = database.query<unknown, [string, number]>(
    `DELETE FROM tokens WHERE hash IN (
       SELECT hash FROM tokens WHERE name_key = ? ORDER BY used_at_ms DESC, hash LIMIT -1 OFFSET ?)`,
  );
  const find = database.query<{ key: string; usedMs: number }, [string]>(
    "SELECT name_key AS key, used_at_ms AS usedMs FROM tokens WHERE hash = ?",
  );
  const touch = database.query<unknown, [number, string]>("UPDATE tokens SET used_at_ms = ? WHERE hash = ?");
  const removeAll = database.query<unknown, [string]>("DELETE FROM tokens WHERE name_key = ?");
  return {
    add(hash, key, atMs, most) {
      const addOne = database.transaction(() => {
        add.run(hash, key, atMs);
        trim.run(key, most);
      });
      keepOrTell("a login", () => addOne());
    },
    use(hash, atMs, sinceMs) {
      const found = find.get(hash);
      if (found === null || found.usedMs <= sinceMs) return undefined;
      // A class that comes back at once must not wait for thirty syncs of the disk.
      if (atMs - found.usedMs <= touchedEveryMs) return found.key;
      try {
        touch.run(atMs, hash);
      } catch {
        // It opens as it did, on a full disk too.
      }
      return found.key;
    },
    removeAll: (key) => void keepOrTell("the end of a login", () => removeAll.run(key)),
  };
}

/** The time of the last use is kept no more precisely than this. */
const touchedEveryMs = 3_600_000;
