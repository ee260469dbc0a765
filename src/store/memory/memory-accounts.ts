/** Accounts in memory, for tests. */
import type { Account, AccountStore } from "../../classroom/accounts/account-store.ts";
import { nameKey } from "../../classroom/accounts/person-name.ts";

export function memoryAccounts(): AccountStore {
  const accounts = new Map<string, Account>();
  const add = (key: string, account: Account): boolean => {
    if (accounts.has(key)) return false;
    accounts.set(key, { ...account });
    return true;
  };
  return {
    find: (key) => accounts.get(key),
    add,
    addAll: (all) => all.filter((account) => add(nameKey(account.name), account)),
    update(key, change) {
      const account = accounts.get(key);
      if (account === undefined) return false;
      accounts.set(key, { ...account, ...change });
      return true;
    },
    count: () => accounts.size,
    teacherCount: () =>
      [...accounts.values()].filter(({ role, isDisabled }) => role === "teacher" && !isDisabled).length,
    list: () => [...accounts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, account]) => account),
    wasChangedElsewhere: () => false,
    close() {},
  };
}
