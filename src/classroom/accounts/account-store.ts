/** Where accounts are kept: the port that `store/` implements. Its promises are held by one shared test suite. */

export type Role = "student" | "teacher";

export interface Account {
  /** As the person typed it, in NFC. */
  name: string;
  /** An argon2id string in PHC form. */
  passwordHash: string;
  role: Role;
  /** Of the roster; empty for none. */
  group: string;
  /** It opens nothing until it is enabled again. */
  isDisabled: boolean;
  /** The password is a code that was handed out: whoever comes with it has to choose one. */
  isOneTime: boolean;
}

/** What may change of an account. */
export type AccountChange = Partial<Omit<Account, "name">>;

export interface AccountStore {
  /** @param key of `nameKey` */
  find(key: string): Account | undefined;
  /**
   * Adds an account, durable when this returns.
   * @returns false where the key is there already
   * @throws ExpectedError with one sentence where it cannot be kept (a full disk)
   */
  add(key: string, account: Account, createdAtMs: number): boolean;
  /**
   * Adds all of them or none, durable when this returns.
   * @returns those that were added: a key that is there already is passed over
   * @throws ExpectedError with one sentence where they cannot be kept
   */
  addAll(accounts: readonly Account[], createdAtMs: number): Account[];
  /**
   * Changes an account, durable when this returns.
   * @returns false where there is none
   * @throws ExpectedError with one sentence where it cannot be kept
   */
  update(key: string, change: AccountChange): boolean;
  /** How many accounts there are. */
  count(): number;
  /** How many teachers can log in. */
  teacherCount(): number;
  /** All, by name. */
  list(): Account[];
  /** Whether another process has changed something since this was asked last. */
  wasChangedElsewhere(): boolean;
  close(): void;
}

/** What somebody is who registers. */
export function newAccount(name: string, passwordHash: string): Account {
  return { name, passwordHash, role: "student", group: "", isDisabled: false, isOneTime: false };
}
