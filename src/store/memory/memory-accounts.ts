/** Accounts in memory, for tests. */
import type { Account, AccountStore } from "../../classroom/accounts/account-store.ts";

export function memoryAccounts(): AccountStore {
  const accounts = new Map<string, Account>();
  return {
    find: (key) => accounts.get(key),
    add(key, account) {
      if (accounts.has(key)) return false;
      accounts.set(key, account);
      return true;
    },
    count: () => accounts.size,
    close() {},
  };
}
