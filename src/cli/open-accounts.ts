/** The accounts in a data folder, beside a server that may use it: SQLite lets one write after the other. */
import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Account, AccountStore } from "../classroom/accounts/account-store.ts";
import type { AuditLog } from "../classroom/accounts/audit-log.ts";
import { nameKey } from "../classroom/accounts/person-name.ts";
import type { TokenStore } from "../classroom/accounts/token-store.ts";
import { ExpectedError, reasonOf } from "../lib/errors.ts";
import { diskAudit } from "../store/disk/disk-audit.ts";
import { openDatabase } from "../store/sqlite/database.ts";
import { sqliteAccounts } from "../store/sqlite/sqlite-accounts.ts";
import { sqliteTokens } from "../store/sqlite/sqlite-tokens.ts";

export interface OpenAccounts {
  readonly store: AccountStore;
  readonly tokens: TokenStore;
  readonly audit: AuditLog;
}

/**
 * Does something with the accounts of a folder.
 * @param mayMake whether the folder is made where there is none
 * @throws ExpectedError with one sentence where there is none, or it cannot be used
 */
export async function withAccounts<T>(
  data: string,
  mayMake: boolean,
  work: (accounts: OpenAccounts) => T | Promise<T>,
): Promise<T> {
  const path = resolve(data);
  const file = join(path, "pcs.sqlite");
  if (!existsSync(file)) {
    if (!mayMake) throw new ExpectedError(`there is no classroom in ${path}; --data says where it is.`);
    try {
      mkdirSync(path, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw new ExpectedError(`the data folder ${path} cannot be made: ${reasonOf(error)}.`, {
        cause: error,
      });
    }
  }
  const database = openDatabase(file);
  try {
    const audit = diskAudit(join(path, "audit.log"), tell, Date.now);
    return await work({ store: sqliteAccounts(database), tokens: sqliteTokens(database), audit });
  } finally {
    database.close();
  }
}

function tell(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

/** @throws ExpectedError where nobody has this name */
export function accountNamed({ store }: OpenAccounts, name: string): Account {
  const account = store.find(nameKey(name));
  if (account === undefined) throw new ExpectedError(`there is no account of '${name}'.`);
  return account;
}

/** @throws ExpectedError where nobody would be left who teaches */
export function spareLastTeacher({ store }: OpenAccounts, { name, role, isDisabled }: Account): void {
  if (role === "teacher" && !isDisabled && store.teacherCount() <= 1)
    throw new ExpectedError(`make another teacher first: ${name} is the last one.`);
}
