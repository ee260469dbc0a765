/** Session tokens in SQLite. */
import type { Database } from "bun:sqlite";
import type { TokenStore } from "../../classroom/accounts/token-store.ts";

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
      database.transaction(() => {
        add.run(hash, key, atMs);
        trim.run(key, most);
      })();
    },
    use(hash, atMs, sinceMs) {
      const found = find.get(hash);
      if (found === null || found.usedMs <= sinceMs) return undefined;
      // A class that comes back at once must not wait for thirty syncs of the disk.
      if (atMs - found.usedMs > touchedEveryMs) touch.run(atMs, hash);
      return found.key;
    },
    removeAll: (key) => void removeAll.run(key),
  };
}

/** The time of the last use is kept no more precisely than this. */
const touchedEveryMs = 3_600_000;
