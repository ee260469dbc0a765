/** Where accounts are kept: the port that `store/` implements. Its promises are held by one shared test suite. */

export interface Account {
  /** As the person typed it, in NFC. */
  name: string;
  /** An argon2id string in PHC form. */
  passwordHash: string;
}

export interface AccountStore {
  /** @param key of `nameKey` */
  find(key: string): Account | undefined;
  /**
   * Adds an account, durable when this returns.
   * @returns false where the key is there already
   * @throws ExpectedError with one sentence where it cannot be kept (a full disk)
   */
  add(key: string, account: Account, createdAtMs: number): boolean;
  /** How many accounts there are. */
  count(): number;
  close(): void;
}
