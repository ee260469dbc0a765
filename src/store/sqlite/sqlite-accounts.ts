/** Accounts in SQLite. */
import type { Database } from "bun:sqlite";
import type { Account, AccountStore, Role } from "../../classroom/accounts/account-store.ts";
import { nameKey } from "../../classroom/accounts/person-name.ts";
import { keepOrTell } from "./keep-or-tell.ts";

interface Row {
  name: string;
  passwordHash: string;
  role: string;
  group: string;
  isDisabled: number;
  isOneTime: number;
}

const columns = `name, password_hash AS passwordHash, role, group_name AS "group", is_disabled AS isDisabled,
  is_one_time AS isOneTime`;

type Inserted = [string, string, string, string, string, number, number, number];
type Updated = [string | null, string | null, string | null, number | null, number | null, string];

export function sqliteAccounts(database: Database): AccountStore {
  const find = database.query<Row, [string]>(`SELECT ${columns} FROM accounts WHERE name_key = ?`);
  const list = database.query<Row, []>(`SELECT ${columns} FROM accounts ORDER BY name_key`);
  const insert = database.query<unknown, Inserted>(
    `INSERT INTO accounts (name_key, name, password_hash, role, group_name, is_disabled, is_one_time, created_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const update = database.query<unknown, Updated>(
    `UPDATE accounts SET password_hash = coalesce(?, password_hash), role = coalesce(?, role),
       group_name = coalesce(?, group_name), is_disabled = coalesce(?, is_disabled),
       is_one_time = coalesce(?, is_one_time)
     WHERE name_key = ?`,
  );
  const count = database.query<{ count: number }, []>("SELECT count(*) AS count FROM accounts");
  const teachers = database.query<{ count: number }, []>(
    "SELECT count(*) AS count FROM accounts WHERE role = 'teacher' AND is_disabled = 0",
  );
  const version = database.query<{ data_version: number }, []>("PRAGMA data_version");
  let lastVersion = version.get()?.data_version;
  const addOne = (key: string, account: Account, createdAtMs: number): boolean => {
    const { name, passwordHash, role, group, isDisabled, isOneTime } = account;
    const flags = [Number(isDisabled), Number(isOneTime)] as const;
    return insert.run(key, name, passwordHash, role, group, ...flags, createdAtMs).changes === 1;
  };
  const addAll = database.transaction((accounts: readonly Account[], createdAtMs: number) =>
    accounts.filter((account) => addOne(nameKey(account.name), account, createdAtMs)),
  );
  return {
    find(key) {
      const row = find.get(key);
      return row === null ? undefined : accountOf(row);
    },
    add: (key, account, createdAtMs) =>
      keepOrTell(`the account of ${account.name}`, () => addOne(key, account, createdAtMs)),
    addAll: (accounts, createdAtMs) => keepOrTell("the accounts", () => addAll(accounts, createdAtMs)),
    update: (key, { passwordHash, role, group, isDisabled, isOneTime }) =>
      keepOrTell(`the account of ${key}`, () => {
        const [disabled, oneTime] = [isDisabled, isOneTime].map((flag) =>
          flag === undefined ? null : Number(flag),
        );
        return (
          update.run(passwordHash ?? null, role ?? null, group ?? null, disabled!, oneTime!, key).changes ===
          1
        );
      }),
    count: () => count.get()?.count ?? 0,
    teacherCount: () => teachers.get()?.count ?? 0,
    list: () => list.all().map(accountOf),
    wasChangedElsewhere() {
      const now = version.get()?.data_version;
      const isOther = now !== lastVersion;
      lastVersion = now;
      return isOther;
    },
    close: () => database.close(),
  };
}

function accountOf({ role, isDisabled, isOneTime, ...row }: Row): Account {
  const known: Role = role === "teacher" ? "teacher" : "student";
  return { ...row, role: known, isDisabled: isDisabled !== 0, isOneTime: isOneTime !== 0 };
}
