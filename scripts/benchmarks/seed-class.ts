/** A data folder with a class in it that has logged in before: so many accounts, each with a session token. */
import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { newAccount } from "../../src/classroom/accounts/account-store.ts";
import { nameKey } from "../../src/classroom/accounts/person-name.ts";
import { SessionTokens } from "../../src/classroom/accounts/session-tokens.ts";
import { openDatabase } from "../../src/store/sqlite/database.ts";
import { sqliteAccounts } from "../../src/store/sqlite/sqlite-accounts.ts";
import { sqliteTokens } from "../../src/store/sqlite/sqlite-tokens.ts";

/**
 * Students `user0`, `user1`, …, then `sender`, and behind those `extra0`, `extra1`, ….
 * @returns the path of the file that holds their tokens, a line each, and the tokens of the last
 */
export function seedClass(
  folder: string,
  students: number,
  extra = 0,
): { tokensPath: string; extraTokens: string[] } {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  const database = openDatabase(join(folder, "pcs.sqlite"));
  const accounts = sqliteAccounts(database);
  const tokens = new SessionTokens(sqliteTokens(database), accounts, Date.now, randomBytes);
  const lines: string[] = [];
  database.transaction(() => {
    for (let i = 0; i <= students + extra; i++) {
      const name = i < students ? `user${i}` : i === students ? "sender" : `extra${i - students - 1}`;
      // Nobody logs in with a password here.
      accounts.add(nameKey(name), newAccount(name, ""), Date.now());
      lines.push(tokens.issue(name));
    }
  })();
  accounts.close();
  const tokensPath = join(folder, "..", "tokens");
  writeFileSync(tokensPath, `${lines.join("\n")}\n`, { mode: 0o600 });
  return { tokensPath, extraTokens: lines.slice(students + 1) };
}
