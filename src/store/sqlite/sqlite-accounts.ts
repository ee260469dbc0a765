/** Accounts in SQLite. */
import type { Database } from "bun:sqlite";
import type { Account, AccountStore } from "../../classroom/accounts/account-store.ts";
import { ExpectedError, reasonOf } from "../../lib/errors.ts";

export function sqliteAccounts(database: Database): AccountStore {
  const find = database.query<Account, [string]>(
    "SELECT name, password_hash AS passwordHash FROM accounts WHERE name_key = ?",
  );
  const add = database.query<unknown, [string, string, string, number]>(
    "INSERT INTO accounts (name_key, name, password_hash, created_at_ms) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
  );
  const count = database.query<{ count: number }, []>("SELECT count(*) AS count FROM accounts");
  return {
    find: (key) => find.get(key) ?? undefined,
    add(key, account, createdAtMs) {
      try {
        return add.run(key, account.name, account.passwordHash, createdAtMs).changes === 1;
      } catch (error) {
        throw new ExpectedError(`the account of ${account.name} cannot be kept: ${reasonOf(error)}.`, {
          cause: error,
        });
      }
    },
    count: () => count.get()?.count ?? 0,
    close: () => database.close(),
  };
}
